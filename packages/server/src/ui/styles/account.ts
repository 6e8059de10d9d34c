export const accountRules = `/* Tables and charts */
/* What stands in it for readers only must not widen the page. */
.scroll { position: relative; overflow-x: auto; }
.table { inline-size: 100%; border-collapse: collapse; font-size: 14px; overflow-wrap: normal; }
.table caption { text-align: start; }
.table th { padding: 8px 12px; font-size: 13px; font-weight: 500; color: var(--ink-3); text-align: start; white-space: nowrap; border-block-end: 1px solid var(--line); }
.table td { padding: 9px 12px; white-space: nowrap; border-block-end: 1px solid var(--line); vertical-align: baseline; }
.table tbody th { padding: 9px 12px; font-size: 14px; font-weight: 400; color: inherit; }
.table tbody tr:last-child > * { border-block-end: 0; }
.table tr > :first-child { padding-inline-start: 0; } .table tr > :last-child { padding-inline-end: 0; }
/* When a table is short of room, its first words take a second line before an amount is cut. */
.table :is(td:first-child, .wide-only + td:not(.r)) { white-space: normal; }
.table .r { text-align: end; white-space: nowrap; }
.table tbody tr:hover { background: var(--sunk); }
.table td > a:not(.rc) { display: inline-block; padding-block: 5px; margin-block: -5px; }
.table [aria-current="true"] { background: var(--accent-soft); }
.rc { display: inline-grid; place-items: center; inline-size: 28px; block-size: 24px; margin-block: -4px; border-radius: var(--r-1); color: var(--ink-3); vertical-align: middle; }
.rc:hover, [aria-current="true"] .rc { color: var(--accent-text); }
.dot { display: inline-block; flex: none; inline-size: 10px; block-size: 10px; border-radius: 3px; background: currentColor; }
.a0 { color: var(--ink-3); } .a1 { color: var(--app-1); } .a2 { color: var(--app-2); } .a3 { color: var(--app-3); } .a4 { color: var(--app-4); }
.plot-box { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: 6px 10px; font-size: 12px; line-height: 16px; color: var(--ink-3); }
.plot { inline-size: 100%; block-size: 216px; }
.plot line { stroke: var(--line); vector-effect: non-scaling-stroke; }
.axis-y { display: flex; flex-direction: column; justify-content: space-between; text-align: end; margin-block: -8px; }
.axis-x { grid-column: 2; display: flex; justify-content: space-between; }
.key { display: flex; flex-wrap: wrap; gap: 6px 18px; font-size: 13px; color: var(--ink-2); }
.key li { display: inline-flex; align-items: center; gap: 7px; }
/* Account */
.shell { flex: 1; inline-size: 100%; max-inline-size: 1336px; margin-inline: auto; padding: 8px 28px 56px; display: grid; grid-template-columns: 184px minmax(0, 1fr); gap: 40px; align-items: start; align-content: start; }
.nav { display: grid; gap: 2px; margin-inline-start: -12px; font-size: 14px; }
.nav a { display: block; padding: 7px 12px; border-radius: var(--r-2); color: var(--ink-2); text-decoration: none; white-space: nowrap; }
.nav a:hover { background: var(--track); color: var(--ink); }
.nav [aria-current] { background: var(--card); color: var(--ink); font-weight: 500; box-shadow: inset 0 0 0 1px var(--line); }
.title { display: flex; flex-wrap: wrap; align-items: baseline; justify-content: space-between; gap: 8px 24px; margin-block-end: 20px; }
.panel { padding: 24px; background: var(--card); border: 1px solid var(--line); border-radius: var(--r-3); min-inline-size: 0; }
.panel > h2 { margin-block-end: 14px; }
.panel > .title { margin-block-end: 16px; }
.cols { display: grid; grid-template-columns: minmax(0, 1fr) 332px; gap: 20px; }
.cols > .slip { display: flex; flex-direction: column; max-inline-size: none; }
.cols > .slip > :last-child { flex: 1; }
.cols > .all { grid-column: 1 / -1; }
.cols .stub { padding: 24px; }
.app-row { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 300px); gap: 16px 40px; padding-block: 22px; border-block-start: 1px solid var(--line); }
.app-row:first-child { border-block-start: 0; padding-block-start: 2px; } .app-row:last-child { padding-block-end: 2px; }
.app-row .id { margin: 0; align-items: start; }
@media (min-width: 900px) { .app-row > .row { justify-content: flex-end; } }
.way { display: flex; align-items: center; justify-content: space-between; gap: 8px 16px; padding-block: 14px; border-block-start: 1px solid var(--line); }
.way:first-child { border-block-start: 0; padding-block-start: 0; } .way:last-child { padding-block-end: 0; }
/* A field of a room is as wide as one of a slip; where columns share the page, they say how wide. */
.shell .field, .shell .tray > .money { max-inline-size: 432px; }
.cols .field, .add > .field, .shell .field:has(> textarea.mono) { max-inline-size: none; }
.row { display: flex; flex-wrap: wrap; align-items: center; gap: 8px 12px; }
.nowrap { flex-wrap: nowrap; }
.row-b { justify-content: space-between; }
.tray { grid-column: 1 / -1; padding: 18px; border: 1px solid var(--line); border-radius: var(--r-2); background: var(--sunk); }
.tray-end { margin-block-start: 14px; }
.gap { margin-block-start: 16px; }
.pager { margin-block-start: 14px; }
.filters { display: grid; grid-template-columns: minmax(0, auto) auto; gap: 8px; }
.select-s > select { min-block-size: 34px; padding: 4px 12px; padding-inline-end: 27px; font-size: 14px; line-height: 20px; }
.select-s::after { inset-inline-end: 12px; }
.phone-only { display: none; }
`;
