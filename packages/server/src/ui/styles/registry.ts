export const registryRules = `/* Apps that people make: their list, their pages, the directory */
.nav p { padding: 18px 12px 4px; font-size: 12px; color: var(--ink-3); }
.nav p:first-child { padding-block-start: 0; }
.badge-off { border-color: var(--line-2); background: transparent; color: var(--ink-2); padding-inline: 9px; }
.head-app { display: flex; align-items: center; gap: 16px; margin-block-end: 20px; }
.head-app > div { flex: 1; min-inline-size: 0; }
.crumb { margin-block-end: 14px; font-size: 13px; }
.crumb a { display: inline-block; padding-block: 3px; color: var(--ink-2); }
.tabs { display: flex; gap: 4px 22px; margin-block-end: 24px; border-block-end: 1px solid var(--line); font-size: 14px; overflow-x: auto; scrollbar-width: none; }
.tabs a { min-inline-size: 24px; padding: 9px 0 10px; border-block-end: 2px solid transparent; color: var(--ink-2); text-decoration: none; white-space: nowrap; }
.tabs a:hover { color: var(--ink); border-color: var(--line-2); }
.tabs a:focus-visible { outline-offset: -2px; }
.tabs [aria-current] { color: var(--ink); font-weight: 500; border-color: var(--accent-edge); }
.figures { display: grid; grid-template-columns: repeat(4, minmax(0, 1fr)); padding: 0; }
.figures > div { padding: 18px 24px; border-inline-start: 1px dashed var(--line-2); }
.figures > div:first-child { border-inline-start: 0; }
.figures dt, .figures p { font-size: 13px; line-height: 1.46; color: var(--ink-3); }
.figures .big { margin-block: 2px; }
.code { display: block; padding: 10px 12px; border: 1px solid var(--line-2); border-radius: var(--r-2); background: var(--sunk); font: 13px/1.6 var(--mono); white-space: pre-wrap; user-select: all; overflow-wrap: anywhere; }
.code-big { padding: 16px; font-size: 15px; word-break: break-all; background: var(--card); border-color: var(--edge); }
textarea { font: inherit; color: inherit; }
.stack-s > [type="hidden"] + *, .panel.stack > [type="hidden"] + *, .group.stack > [type="hidden"] + *, .panel .stack > [type="hidden"] + * { margin-block-start: 0; }
.panel h2 + .fine { margin-block-start: 4px; }
.file { padding: 8px; font-size: 14px; }
.file::file-selector-button { margin-inline-end: 12px; padding: 4px 12px; border: 1px solid var(--edge); border-radius: var(--r-1); background: var(--card); color: var(--ink); font: inherit; font-weight: 500; cursor: pointer; }
textarea.input { min-block-size: 92px; resize: vertical; }
textarea.mono { font-family: var(--mono); font-size: 14px; line-height: 22px; }
.group { border-block-start: 1px solid var(--line); padding-block-start: 22px; }
.group > h2, .group > legend { margin-block-end: 4px; }
.group > legend { float: inline-start; inline-size: 100%; font-size: 16px; font-weight: 600; line-height: 1.35; letter-spacing: -.008em; }
.group > legend + * { clear: both; }
.stack > * + .group { margin-block-start: 28px; }
.h1 { font-size: 24px; line-height: 1.22; font-weight: 600; letter-spacing: -.019em; text-wrap: balance; }
.cols-wide { grid-template-columns: minmax(0, 1fr) 400px; }
.cols-top { align-items: start; }
.aside { display: grid; gap: 12px; align-content: start; }
.aside > .slip { max-inline-size: none; }
.preview { margin: 0; padding: 0; pointer-events: none; }
.preview summary { pointer-events: auto; }
.preview :disabled { opacity: 1; }
.preview .stub { padding: 24px; }
.slip-2.preview .stub { padding: var(--pad); }
.box-round { border-radius: 50%; }
.box-round:checked::after { left: 5px; top: 5px; width: 7px; height: 7px; border: 0; border-radius: 50%; background: var(--on-accent); transform: none; }
.rows > li { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 8px 24px; padding-block: 14px; border-block-start: 1px solid var(--line); }
.rows > li:first-child { border-block-start: 0; padding-block-start: 2px; }
.rows > li:last-child { padding-block-end: 2px; }
.rows > li > :first-child { min-inline-size: 0; flex: 1 1 260px; }
.add { display: grid; grid-template-columns: minmax(0, 1fr) 180px auto; gap: 12px; align-items: start; }
.add > .btn { margin-block-start: 27px; }
.hall { flex: 1; inline-size: 100%; max-inline-size: 1120px; margin-inline: auto; padding: 24px 28px 56px; }
.hall-bar { padding-inline: max(28px, 50% - 532px); }
.find { display: grid; grid-template-columns: minmax(0, 420px) auto; justify-content: start; gap: 10px; margin-block: 20px 28px; }
.shelf { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 316px), 1fr)); gap: 16px; }
.card { display: flex; flex-direction: column; gap: 14px; padding: 22px; background: var(--card); border: 1px solid var(--line); border-radius: var(--r-3); min-inline-size: 0; }
.card .id { align-items: start; }
.card-foot { margin-block-start: auto; padding-block-start: 12px; border-block-start: 1px solid var(--line); display: flex; flex-wrap: wrap; justify-content: space-between; gap: 2px 12px; }
.shelf-count { margin-block-end: 12px; }
.stack-xs > * + * { margin-block-start: 4px; }
.gap-s { margin-block-start: 8px; }
.dashes { color: var(--ink-2); }
.dashes > li { position: relative; padding-block: 3px; padding-inline-start: 20px; }
.dashes > li::before { content: ""; position: absolute; inset-block-start: 13px; inset-inline-start: 2px; inline-size: 9px; block-size: 1.5px; background: var(--line-2); }
.badge-words { padding-inline: 9px; }
.plain { color: inherit; text-decoration: none; }
.plain:hover { text-decoration: underline; }
.code + .code { margin-block-start: 6px; }
.cols > .tray { grid-column: auto; }
.cols-even { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); }
.narrow { max-inline-size: 720px; }
.pick-2 { grid-template-columns: 1fr 1fr; }
.rows > li > .tray { flex-basis: 100%; }
.sample > .slip { margin-inline: auto; }
.clip { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 3; overflow: hidden; }
@media (max-width: 1179px) { .cols-wide { grid-template-columns: minmax(0, 1fr); } .aside > .slip { max-inline-size: 432px; } }
@media (max-width: 899px) {
  .nav p { display: none; }
  .figures { grid-template-columns: 1fr 1fr; }
  .figures > div:nth-child(odd) { border-inline-start: 0; } .figures > div:nth-child(n+3) { border-block-start: 1px dashed var(--line-2); }
  .tabs { flex-wrap: wrap; gap: 0 18px; } .tabs a { padding: 7px 0 8px; }
}
@media (max-width: 599px) {
  .panel.figures { padding: 0; } .figures > div { padding: 14px 16px; } .figures .big { font-size: 22px; }
  .hall, .hall-bar { padding-inline: 16px; }
  .add { grid-template-columns: minmax(0, 1fr); } .add > .btn { margin: 0; }
  .head-app { align-items: start; }
}
`;
