export const formRules = `/* Fields */
.field > label, .label { display: block; margin-block-end: 6px; font-size: 14px; font-weight: 500; }
.input, .select > select, .money { display: block; inline-size: 100%; min-block-size: 44px; padding: 9px 12px; border: 1px solid var(--edge); border-radius: var(--r-2); background: var(--card); font-size: 16px; line-height: 24px; appearance: none; transition: border-color var(--ease); }
.input:hover, .select > select:hover, .money:hover { border-color: var(--ink-2); }
.input:focus-within, .select > select:focus-visible, .money:focus-within { outline: 2px solid var(--focus); outline-offset: 0; border-color: var(--focus); border-radius: var(--r-2); }
.input::placeholder { color: var(--ink-3); opacity: 1; }
.input[type="date"] { block-size: 44px; }
.select { position: relative; display: block; }
.select > select { padding-inline-end: 36px; text-overflow: ellipsis; }
.select::after { content: ""; position: absolute; inset-block-start: calc(50% - 5px); inset-inline-end: 16px; inline-size: 7px; block-size: 7px; border: solid var(--ink-2); border-width: 0 1.5px 1.5px 0; transform: rotate(45deg); pointer-events: none; }
.money { display: flex; padding: 0; overflow: hidden; }
.money > .sign { padding: 9px 0 9px 13px; padding-block: 9px; padding-inline: 13px 0; color: var(--ink-2); }
.money > input { flex: 1 1 8ch; min-inline-size: 8ch; padding: 9px 12px 9px 5px; padding-inline: 5px 12px; border: 0; background: none; outline: 0; font-weight: 500; font-variant-numeric: tabular-nums lining-nums; }
.code-in { min-block-size: 68px; font: 600 30px/1 var(--mono); letter-spacing: .1em; text-align: center; text-transform: uppercase; }
.whole { white-space: nowrap; }
.cap { min-block-size: 58px; }
.cap > .sign, .cap > input { align-self: center; font-size: 22px; line-height: 30px; font-weight: 600; letter-spacing: -.012em; }
.cap > .sign { padding-inline-start: 16px; }
.money.cap > .select > select { block-size: 56px; padding-block: 0; }
.money > .select { flex: 0 1 auto; min-inline-size: 0; border-inline-start: 1px solid var(--line-2); }
.money > .select > select { min-block-size: 42px; border: 0; border-radius: 0; outline: 0; background: none; }
.money > .select > select:focus-visible, .money > input:focus-visible { box-shadow: inset 0 -2px var(--focus); border-radius: 0; }
.help, .error { margin-block-start: 6px; font-size: 13px; line-height: 1.46; color: var(--ink-3); }
.error { color: var(--danger); font-weight: 500; }
[aria-invalid="true"], .money:has([aria-invalid="true"]) { border-color: var(--danger); }
.more > summary { display: inline-flex; align-items: baseline; gap: 8px; padding-block: 4px; font-size: 14px; font-weight: 500; color: var(--accent-text); cursor: pointer; list-style: none; }
.more > summary::-webkit-details-marker { display: none; }
.more > summary::before { content: ""; inline-size: 6px; block-size: 6px; flex: none; border: solid; border-width: 0 1.5px 1.5px 0; transform: translateY(-2px) rotate(45deg); }
.more[open] > summary::before { transform: translateY(1px) rotate(225deg); }
.more > summary + * { margin-block-start: 12px; }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(170px, 1fr)); gap: 16px; }
.pick { display: grid; grid-template-columns: repeat(auto-fit, minmax(84px, 1fr)); gap: 8px; }
.pick label { position: relative; display: grid; place-items: center; min-block-size: 44px; padding: 4px 8px; border: 1px solid var(--edge); border-radius: var(--r-2); background: var(--card); font-weight: 500; cursor: pointer; }
.pick input { position: absolute; inset: 0; opacity: 0; margin: 0; cursor: pointer; }
.pick label:has(:checked) { border-color: var(--accent-edge); box-shadow: inset 0 0 0 1px var(--accent-edge); background: var(--accent-soft); }
.pick label:has(:focus-visible) { outline: 2px solid var(--focus); outline-offset: 2px; }
/* Buttons */
.btn { display: inline-flex; align-items: center; justify-content: center; gap: 8px; min-block-size: 44px; padding: 8px 18px; border: 1px solid var(--edge); border-radius: var(--r-2); background: var(--card); color: var(--ink); font-size: 15px; line-height: 20px; font-weight: 500; text-align: center; text-decoration: none; cursor: pointer; transition: background-color var(--ease), border-color var(--ease); }
.btn:hover { background: var(--sunk); border-color: var(--ink-2); }
.btn:focus-visible { border-radius: var(--r-2); }
.btn-1 { background: var(--accent); border-color: var(--accent-edge); color: var(--on-accent); box-shadow: inset 0 1px rgb(255 255 255 / .12), 0 1px 2px rgb(20 18 12 / .12); }
.btn-1:hover { background: var(--accent-hover); border-color: var(--accent-hover); }
.btn-quiet { background: none; border-color: transparent; color: var(--ink-2); }
.btn-quiet.wide { border-color: var(--line-2); }
.btn-quiet:hover { background: var(--track); border-color: transparent; color: var(--ink); }
.btn-bad { background: var(--danger-fill); border-color: var(--danger-fill); color: var(--on-danger); }
.btn-bad:hover { background: var(--danger); border-color: var(--danger); color: var(--card); }
.btn-s { min-block-size: 34px; padding: 5px 12px; font-size: 14px; }
.link, .title > a { padding: 3px 0; }
.link { border: 0; background: none; color: var(--accent-text); text-decoration: underline 1px; text-underline-offset: .18em; cursor: pointer; }
.actions { display: grid; gap: 10px; }
.actions > .btn { inline-size: 100%; padding-inline: 10px; }
.actions-2 { grid-template-columns: repeat(auto-fit, minmax(140px, 1fr)); }
.actions-2 > :not(.btn), .actions-2 > .wide { grid-column: 1 / -1; }
.actions > .fine { margin-block-start: 4px; }
`;
