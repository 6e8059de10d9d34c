export const billRules = `/* Permissions, facts and bills */
.perms { margin-block-start: 8px; }
.perm { display: grid; grid-template-columns: 20px minmax(0, 1fr) auto; gap: 2px 12px; padding-block: 11px; }
.perm + .perm, .perms > li + li { border-block-start: 1px solid var(--line); }
.perm > small, .perm .sub { grid-column: 2; font-size: 13px; line-height: 1.46; color: var(--ink-3); }
.perm > svg, .perm > .box { margin-block-start: 1px; color: var(--ink-3); }
label.perm { cursor: pointer; }
.opt { align-self: start; padding: 1px 7px; border: 1px solid var(--line-2); border-radius: 99px; font-size: 12px; line-height: 18px; color: var(--ink-2); }
.new { border-color: var(--accent-edge); color: var(--accent-text); font-weight: 500; }
.box { appearance: none; position: relative; inline-size: 20px; block-size: 20px; margin: 0; border: 1.5px solid var(--edge); border-radius: var(--r-1); background: var(--card); cursor: pointer; flex: none; }
.box:checked { background: var(--accent); border-color: var(--accent-edge); }
.box:checked::after { content: ""; position: absolute; left: 5.5px; top: 1.5px; width: 6px; height: 11px; border: solid var(--on-accent); border-width: 0 2px 2px 0; transform: rotate(42deg); }
.facts { display: grid; grid-template-columns: fit-content(46%) minmax(0, 1fr); gap: 6px 16px; align-items: baseline; font-size: 14px; }
/* A label keeps its words whole, and its column is as wide as the longest. */
.facts dt { color: var(--ink-3); overflow-wrap: break-word; }
.facts dd { font-weight: 500; }
.bill > div, .lead { display: flex; align-items: baseline; gap: 8px; padding-block: 4px; }
.lead { flex-wrap: wrap; row-gap: 0; } .lead > b { white-space: nowrap; }
.bill dt { flex: 0 1 auto; max-inline-size: 68%; color: var(--ink-2); }
.bill dd, .lead > :last-child { flex: 1 0 auto; display: flex; align-items: baseline; gap: 8px; max-inline-size: 100%; font-weight: 500; white-space: nowrap; }
.bill dd::before { content: ""; flex: 1 1 16px; border-block-end: 1.5px dotted var(--line-2); transform: translateY(-3px); }
.bill dt .fine { display: block; }
.bill .sum { margin-block-start: 6px; padding-block-start: 10px; border-block-start: 1px solid var(--line-2); font-weight: 600; }
.bill .sum dt, .bill .sum dd { color: var(--ink); font-weight: 600; }
.bill .cut { color: var(--danger); }
.meter { inline-size: 100%; block-size: 8px; border-radius: 4px; color: var(--accent-edge); background: var(--track); overflow: hidden; }
.meter .held { opacity: .45; }
.meter-near { color: var(--meter-near); }
.meter-full { color: var(--meter-full); }
[dir="rtl"] .meter, [dir="rtl"] .plot { transform: scaleX(-1); }
/* Notices, empty */
.notice { display: grid; grid-template-columns: 20px minmax(0, 1fr); gap: 10px; padding: 12px 14px; border: 1px solid var(--line-2); border-radius: var(--r-2); background: var(--sunk); color: var(--ink-2); font-size: 14px; line-height: 1.43; }
.notice > svg { margin-block-start: 0; }
.notice strong { font-weight: 600; }
.notice-caution { border-color: var(--caution-line); background: var(--caution-bg); color: var(--caution); }
.notice-bad { border-color: var(--danger-line); background: var(--danger-bg); color: var(--danger); }
.notice-good { border-color: var(--good-line); background: var(--good-bg); color: var(--good); }
.notice a { color: inherit; }
.empty { padding: 40px 24px; text-align: center; color: var(--ink-2); border: 1px dashed var(--line-2); border-radius: var(--r-3); }
.empty > svg { margin: 0 auto 12px; color: var(--ink-3); }
`;
