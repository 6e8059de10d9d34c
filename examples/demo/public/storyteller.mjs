// The desk: sends an idea, shows the story as it comes, and puts the server's own markup where it belongs.
const byId = (id) => document.getElementById(id);
const [form, prompt, tell, turns, notice, bill] = ["ask", "prompt", "tell", "turns", "notice", "bill"].map(byId);

function beginTurn(idea) {
  const turn = document.createElement("article");
  turn.className = "turn";
  turn.innerHTML =
    '<h2></h2><p class="tale"></p><p class="fine wait"><i class="spin" aria-hidden="true"></i>Writing</p>';
  turn.querySelector("h2").textContent = idea;
  turns.append(turn);
  byId("ideas").hidden = true;
  byId("desk").className = "vh";
  return turn;
}

/** How many pixels of the turn's end are behind the form, which floats at the lower edge, or below it. */
const hiddenBy = (turn) => turn.getBoundingClientRect().bottom - (innerHeight - form.offsetHeight - 40);
const show = (turn) => scrollBy(0, Math.max(0, hiddenBy(turn)));

/** What each line of the answer does to the page. Markup comes from our own server, already escaped. */
const shown = {
  piece(turn, piece) {
    // Whoever has scrolled away reads something else.
    const follow = hiddenBy(turn) < 60;
    turn.querySelector(".tale").append(piece);
    if (follow) show(turn);
  },
  turn(turn, markup) {
    turn.outerHTML = markup;
  },
  notice(turn, markup) {
    if (!turn.querySelector(".tale").textContent) turn.remove();
    turn.querySelector(".wait").remove();
    notice.innerHTML = markup;
    // A refused idea comes back, to be sent again.
    prompt.value ||= turn.querySelector("h2").textContent;
    show(notice);
  },
  bill(_turn, markup) {
    bill.innerHTML = markup;
    const left = byId("left");
    byId("ask-left").textContent = left ? `${left.textContent} left` : "";
  },
};

async function* readLines(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    const lines = (rest + read.value).split("\n");
    rest = lines.pop();
    yield* lines;
  }
}

function busy(on) {
  tell.disabled = on;
  tell.setAttribute("aria-busy", String(on));
}

async function ask(idea) {
  const turn = beginTurn(idea);
  notice.replaceChildren();
  prompt.value = "";
  busy(true);
  show(turn);
  try {
    const body = JSON.stringify({ prompt: idea, model: form.elements.model.value });
    const answer = await fetch("/story", { method: "POST", headers: { "content-type": "application/json" }, body });
    if (!answer.ok) throw new Error(`status ${answer.status}`);
    for await (const line of readLines(answer.body)) {
      for (const [kind, value] of Object.entries(JSON.parse(line))) shown[kind](turn, value);
    }
  } catch {
    turn.querySelector(".wait")?.replaceChildren("The connection broke. Load the page again to see what arrived.");
  } finally {
    busy(false);
  }
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const idea = prompt.value.trim();
  if (idea && !tell.disabled) void ask(idea);
});
prompt.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  form.requestSubmit();
});
notice.addEventListener("click", (event) => {
  if (event.target.closest("[data-retry]")) form.requestSubmit();
});
byId("ideas").addEventListener("click", (event) => {
  const idea = event.target.closest(".idea");
  if (!idea) return;
  prompt.value = idea.textContent;
  form.requestSubmit();
});
