import { type Frame, hidden, html, type Markup } from "../../ui/index.ts";

export interface ProviderFace {
  /** As it stands in addresses. */
  id: string;
  name: string;
}

/** A button for each provider, which sends `provider` and what is carried on. No address of a provider is on the page. */
export function providerButtons(
  { text }: Frame,
  providers: readonly ProviderFace[],
  carried: Readonly<Record<string, string | undefined>>,
  { action, words, look }: { action: string; words: (name: string) => string; look: "actions" | "row" } = {
    action: "/idp/login",
    words: text.upstream.continueWith,
    look: "actions",
  },
): Markup {
  const buttons = providers.map(
    ({ id, name }) => html`<button class="btn" name="provider" value="${id}">${words(name)}</button>`,
  );
  return html`<form method="post" action="${action}" aria-label="${text.upstream.buttons}">${hidden(carried)}<div class="${look}">${buttons}</div></form>`;
}
