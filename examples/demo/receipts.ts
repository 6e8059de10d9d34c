/**
 * `fetch` that also tells the price of the call. Innkeeper writes it into the header of a whole answer and into a comment
 * of a streamed one, before `data: [DONE]`; OpenAI's clients skip comments, as the event stream format asks of them.
 */
export function fetchWithReceipt(onCost: (costMicros: number) => void): typeof fetch {
  return async (input, init) => {
    const response = await fetch(input, init);
    const cost = response.headers.get("x-innkeeper-cost-micros");
    if (cost !== null) onCost(Number(cost));
    if (!response.body || !response.headers.get("content-type")?.startsWith("text/event-stream")) return response;
    return new Response(response.body.pipeThrough(watchComments(onCost)), response);
  };
}

const commentBytesMax = 64;

function watchComments(onCost: (costMicros: number) => void): TransformStream<Uint8Array, Uint8Array> {
  const decoder = new TextDecoder();
  let tail = "";
  return new TransformStream({
    transform(bytes, controller) {
      tail += decoder.decode(bytes, { stream: true });
      const comment = /^: cost_micros=(\d+)\r?\n/m.exec(tail);
      if (comment) onCost(Number(comment[1]));
      tail = comment ? "" : tail.slice(-commentBytesMax);
      controller.enqueue(bytes);
    },
  });
}
