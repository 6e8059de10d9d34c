import {
  type LinkedProvidersProps,
  renderLinkedProviders,
} from "../../packages/server/src/interaction/pages/linked-providers.ts";
import { providerButtons } from "../../packages/server/src/interaction/pages/provider-buttons.ts";
import { renderSignIn } from "../../packages/server/src/interaction/pages/sign-in.ts";
import { renderSignUp } from "../../packages/server/src/interaction/pages/sign-up.ts";
import { renderUpstreamRefused } from "../../packages/server/src/interaction/pages/upstream-refused.ts";
import { frame, person } from "./frame.ts";

const csrf = "7b1f";
const providers = [
  { id: "school", name: "Fennick School" },
  { id: "works", name: "Harbour Works" },
];

const linked: LinkedProvidersProps = {
  person,
  csrf,
  fresh: true,
  providers,
  linked: [
    {
      id: "idn_1",
      label: "maya@school.example",
      provider: "Fennick School",
      createdAt: Date.UTC(2026, 8, 2),
      lastUsedAt: Date.UTC(2026, 10, 21, 14, 20),
    },
    { id: "idn_2", label: "Maya Lindqvist", provider: undefined, createdAt: Date.UTC(2026, 9, 1), lastUsedAt: null },
  ],
};

const elsewhere = { providers, csrf, auth_method: "upstream" };
const terms = { ...frame, brand: { ...frame.brand, links: { terms: "https://acme.example/terms" } } };

export const upstreamPreviews: Readonly<Record<string, string>> = {
  "sign-in-elsewhere": renderSignIn(frame, {
    csrf,
    offers: [providerButtons(frame, providers, { csrf, auth_method: "upstream" })],
  }),
  "sign-up-elsewhere": renderSignUp(terms, { csrf, elsewhere }),
  "linked-accounts": renderLinkedProviders(frame, { ...linked, done: { linked: "Fennick School" } }),
  "linked-accounts-remove": renderLinkedProviders(frame, { ...linked, remove: "idn_1" }),
  "linked-accounts-last": renderLinkedProviders(frame, { ...linked, done: "last" }),
  "linked-accounts-stale": renderLinkedProviders(frame, { ...linked, fresh: false, remove: "idn_1" }),
  "linked-accounts-none": renderLinkedProviders(frame, { ...linked, linked: [] }),
  "upstream-account-exists": renderUpstreamRefused(frame, { why: "account_exists", provider: "Fennick School" }),
  "upstream-taken": renderUpstreamRefused(frame, { why: "taken", provider: "Fennick School", linking: true }),
};
