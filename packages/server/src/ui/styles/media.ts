export const mediaRules = `/* Phone, reduced motion, forced colours, print */
@media (max-width: 899px) {
  .shell { grid-template-columns: minmax(0, 1fr); gap: 16px; padding: 0 16px 40px; }
  .nav { display: flex; overflow-x: auto; margin-inline: -16px; padding-inline: 16px; padding-block: 2px 4px; scrollbar-width: none; mask-image: linear-gradient(90deg, transparent, #000 20px calc(100% - 20px), transparent); }
  /* The row comes into view at the room one is in, and then scrolls freely. */
  .nav { scroll-snap-type: x mandatory; } .nav [aria-current] { animation: here 1s; }
  .cols { grid-template-columns: minmax(0, 1fr); }
  .app-row { grid-template-columns: minmax(0, 1fr); }
}
@media (max-width: 599px) {
  :root { --pad: 22px; }
  .bar, .bar.wide-bar { gap: 12px; padding: 14px 16px; min-block-size: 56px; } .bar .who { gap: 4px 10px; }
  .foot, .foot.wide-bar { padding: 12px 16px 20px; } .foot .by { margin: 0; flex-basis: 100%; }
  .plot { block-size: 168px; }
  .table td > a { overflow-wrap: anywhere; }
  .table .wide-only + :not(.wide-only) { padding-inline-start: 0; }
  .stage { padding: 4px 10px 32px; align-content: start; }
  .panel { padding: 18px 16px; }
  .wide-only { display: none; } .phone-only { display: block; }
  .big { font-size: 26px; }
}
@keyframes here { from, to { scroll-snap-align: center; } }
@media (prefers-reduced-motion: reduce) { *, *::before, *::after { transition: none !important; } }
@media (forced-colors: active) { .box { appearance: auto; } .meter, .plot, .dot { forced-color-adjust: none; } .perf { background: CanvasText; } }
@media print { .bar, .foot, .nav, .actions, .btn { display: none; } body { background: none; } .slip, .panel { box-shadow: none; break-inside: avoid; } }
`;
