export const groundRules = `/* Ground */
*, *::before, *::after { box-sizing: border-box; }
:root {
  --sans: system-ui, -apple-system, "Segoe UI Variable Text", "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", Arial, "Hiragino Sans", "Yu Gothic UI", "Noto Sans CJK JP", "Noto Sans JP", sans-serif;
  --mono: ui-monospace, "SF Mono", "Cascadia Mono", "Segoe UI Mono", Menlo, Consolas, "Noto Sans Mono", monospace;
  --r-1: 5px; --r-2: 9px; --r-3: 16px; --pad: 32px; --ease: 140ms cubic-bezier(.2, 0, .2, 1);
  font: 400 15px/1.47 var(--sans); -webkit-text-size-adjust: 100%; text-size-adjust: 100%;
}
body { margin: 0; min-block-size: 100vh; min-block-size: 100dvh; display: flex; flex-direction: column; background: var(--paper); color: var(--ink); -webkit-font-smoothing: antialiased; overflow-wrap: anywhere; }
h1, h2, h3, p, dl, dd, ul, ol, figure, fieldset, legend { margin: 0; padding: 0; border: 0; min-inline-size: 0; }
ul, ol { list-style: none; }
svg { display: block; flex: none; fill: currentColor; }
button, input, select { font: inherit; color: inherit; letter-spacing: inherit; }
a { color: var(--accent-text); text-underline-offset: .18em; text-decoration-thickness: 1px; }
a:hover { text-decoration-thickness: 2px; }
:focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; border-radius: var(--r-1); }
.vh:not(:focus) { position: absolute; inline-size: 1px; block-size: 1px; margin: -1px; padding: 0; border: 0; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.skip { position: absolute; inset-block-start: 8px; inset-inline-start: 8px; padding: 8px 12px; background: var(--card); border-radius: var(--r-2); transform: translateY(-64px); }
.skip:focus { transform: none; }
/* Long words are cut where the language cuts them; what people wrote themselves is not */
:lang(de) :is(h1, h2, h3, p, dt, dd, label, legend, .btn) { hyphens: auto; }
bdi, code, .mono, .num { hyphens: manual; }
:lang(ja) { line-break: strict; word-break: auto-phrase; }
/* Page: a bar, a stage, a foot */
.bar { display: flex; align-items: center; gap: 12px 24px; padding: 18px 28px; min-block-size: 64px; }
.brand { display: inline-flex; align-items: center; gap: 10px; font-weight: 600; font-size: 16px; letter-spacing: -.01em; color: var(--ink); text-decoration: none; flex: none; max-inline-size: 60%; }
.brand > img { block-size: 24px; inline-size: auto; max-inline-size: 160px; object-fit: contain; }
.initial { display: grid; place-items: center; flex: none; inline-size: 24px; block-size: 24px; border: 1px solid var(--accent-edge); border-radius: 7px; background: var(--accent); color: var(--on-accent); font-size: 14px; line-height: 1; }
.who { display: flex; align-items: center; gap: 4px 12px; margin-inline-start: auto; min-inline-size: 0; font-size: 13px; color: var(--ink-2); }
.who > span { min-inline-size: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.who button, .who a { white-space: nowrap; }
.stage { flex: 1; display: grid; grid-template-columns: minmax(0, 1fr); justify-items: center; align-content: center; padding: 16px 16px 48px; }
.foot { display: flex; flex-wrap: wrap; align-items: center; gap: 6px 20px; padding: 16px 28px 24px; font-size: 13px; color: var(--ink-3); }
.wide-bar { padding-inline: max(28px, 50% - 640px); }
.foot a, .who a { padding-block: 3px; }
.foot a, .tongues .link { min-inline-size: 24px; }
.foot a { color: inherit; text-decoration: none; }
.foot a:hover { color: var(--ink); text-decoration: underline; }
.tongues { display: flex; flex-wrap: wrap; gap: 4px 14px; margin: 0; }
.tongues .link { color: inherit; text-decoration: none; }
.tongues .link:hover { color: var(--ink); text-decoration: underline; }
.tongues [aria-current] { color: var(--ink-2); font-weight: 600; }
.foot .by { display: inline-flex; align-items: center; gap: 6px; margin-inline-start: auto; }
`;
