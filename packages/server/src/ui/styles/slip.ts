export const slipRules = `/* The slip: one card, torn in two by a perforation where identity ends and money begins */
.slip { position: relative; inline-size: 100%; max-inline-size: 432px; background: var(--card); border: 1px solid var(--line); border-radius: var(--r-3); box-shadow: var(--lift); }
.slip-mid { max-inline-size: 480px; }
.stub { padding: var(--pad); min-inline-size: 0; }
.stub-bill { background: var(--sunk); }
.slip > .stub-bill:last-child { border-end-start-radius: var(--r-3); border-end-end-radius: var(--r-3); }
.perf { position: relative; block-size: 1px; background: repeating-linear-gradient(90deg, var(--line-2) 0 5px, transparent 5px 10px); }
.perf::before, .perf::after { content: ""; position: absolute; inset-block-start: -9px; inline-size: 19px; block-size: 19px; border-radius: 50%; background: var(--paper); border: 1px solid var(--line); }
.perf::before { left: -11px; clip-path: inset(0 0 0 9.5px); }
.perf::after { right: -11px; clip-path: inset(0 9.5px 0 0); }
@media (min-width: 900px) {
  .slip-2 { max-inline-size: 936px; display: grid; grid-template-columns: minmax(0, 1fr) 1px minmax(0, 1fr); }
  .slip-2 > .perf { block-size: auto; background: repeating-linear-gradient(var(--line-2) 0 5px, transparent 5px 10px); }
  .slip-2 > .perf::before { left: -9px; top: -11px; clip-path: inset(9.5px 0 0 0); }
  .slip-2 > .perf::after { left: -9px; top: auto; bottom: -11px; clip-path: inset(0 0 9.5px 0); }
  .slip-2 > .stub-bill:last-child { border-end-start-radius: 0; border-start-end-radius: var(--r-3); }
  .slip-2 > .stub { display: flex; flex-direction: column; padding: 36px; }
  .slip-2 .actions { margin-block-start: auto; padding-block-start: 28px; }
}
.under { max-inline-size: 400px; margin-block-start: 20px; padding-inline: 8px; text-align: center; text-wrap: balance; }
.under-l { margin-block-start: 16px; }
/* Text */
h1 { font-size: 24px; line-height: 1.22; font-weight: 600; letter-spacing: -.019em; text-wrap: balance; }
h2 { font-size: 16px; line-height: 1.35; font-weight: 600; letter-spacing: -.008em; }
h3 { font-size: 15px; font-weight: 600; }
.lede { margin-block-start: 8px; color: var(--ink-2); text-wrap: pretty; }
.zero { color: var(--ink-3); }
.fine { font-size: 13px; line-height: 1.46; color: var(--ink-3); text-wrap: pretty; }
.mut { color: var(--ink-2); }
.num, .table td, .bill dd { font-variant-numeric: tabular-nums lining-nums; }
.big { font-size: 30px; line-height: 1.15; font-weight: 600; letter-spacing: -.022em; }
.mono { font-family: var(--mono); font-size: .92em; font-variant-ligatures: none; }
.head { display: flex; align-items: center; gap: 10px; }
.head > svg { color: var(--ink-3); }
.tile { display: grid; place-items: center; flex: none; inline-size: 48px; block-size: 48px; border-radius: 12px; background: var(--card); border: 1px solid var(--line-2); color: var(--ink); font-size: 20px; line-height: 1; font-weight: 600; }
.tile > img { inline-size: 50%; block-size: 50%; object-fit: contain; }
.tile-un { border: 1.5px dashed var(--edge); }
.tile-sm { inline-size: 36px; block-size: 36px; border-radius: var(--r-2); font-size: 16px; }
.portrait { flex: none; inline-size: 64px; block-size: 64px; border-radius: 50%; border: 1px solid var(--line-2); object-fit: cover; }
.id { display: flex; align-items: center; gap: 14px; min-inline-size: 0; }
.stack > .id + * { margin-block-start: 24px; }
.id > :nth-child(2) { flex: 1; min-inline-size: 0; }
.badge { display: inline-flex; align-items: flex-start; gap: 5px; max-inline-size: 100%; padding: 2px 9px 2px 7px; border-radius: 12px; border: 1px solid var(--good-line); background: var(--good-bg); color: var(--good); font-size: 13px; line-height: 18px; font-weight: 500; }
.badge svg { margin-block-start: 2px; }
.badge b { font-weight: inherit; white-space: nowrap; }
.badge-un { border: 1px dashed var(--caution); background: transparent; color: var(--caution); }
.badge-bad { border-color: var(--danger-line); background: var(--danger-bg); color: var(--danger); }
.stack > * + * { margin-block-start: 20px; }
.stack-s > * + * { margin-block-start: 8px; }
`;
