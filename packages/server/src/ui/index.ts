export { type Asset, assetsFor } from "./assets.ts";
export type { Brand } from "./brand.ts";
export { choiceField, hidden, moneyField, textArea, textField, tickRow } from "./form.ts";
export { icon } from "./icons.ts";
export { chooseLanguage, findLanguage, type Language, languageNames, languages } from "./language.ts";
export { type Frame, type Person, renderHall, renderOffice, renderRoom, renderStage } from "./layout.ts";
export { attribute, type Content, html, type Markup } from "./markup.ts";
export {
  amountInput,
  billTexts,
  callParts,
  callText,
  countText,
  exactText,
  leftText,
  type Period,
  spentText,
} from "./money-text.ts";
export {
  type AppFace,
  appTile,
  type BillRow,
  bill,
  emptyRoom,
  type Gauge,
  gauge,
  notice,
  perforation,
  time,
  trustBadge,
} from "./parts.ts";
export { payerName } from "./payer-name.ts";
export { qrPicture, type Squares, squaresOf } from "./qr.ts";
export { type ScopeFacts, type SecurityEventKind, type Text, text, textIn } from "./text/index.ts";
export { isoDate, plainDateText, shortDateText } from "./time-text.ts";
