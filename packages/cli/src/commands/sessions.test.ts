import { expect, it } from "vitest";
import { showSessions } from "./sessions.ts";

it("lists browsers by the short name that the pages have for them", () => {
  const lines = showSessions([
    {
      session_id: "ses_1",
      user_agent:
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
      authentication_methods: ["pwd", "otp"],
      authenticated_at: "2027-01-31T12:34:56.789Z",
      last_used_at: "2027-02-01T00:00:00.000Z",
    },
  ]);
  expect(lines).toEqual([
    "SESSION  SIGNED IN         LAST USED   BY       BROWSER",
    "ses_1    2027-01-31 12:34  2027-02-01  pwd otp  Chrome, Linux",
  ]);
});
