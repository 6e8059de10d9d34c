import { once } from "node:events";
import { connect, type Socket } from "node:net";

export interface Answer {
  status: number;
  /** Status line and headers. */
  head: string;
  body: string;
}

/**
 * One HTTP/1.1 connection that is kept alive and sends texts as they are: a client that costs little beside what it
 * measures. Reads answers of ASCII text, one at a time.
 */
export class Connection {
  readonly #socket: Socket;
  #received = "";
  #waiting: { resolve(answer: Answer): void; reject(error: Error): void; onBody?: () => void } | undefined;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.setNoDelay(true).setEncoding("latin1");
    socket.on("data", (text: string) => this.#receive(text));
    socket.on("error", (error) => this.#fail(error));
    socket.on("close", () => this.#fail(new Error("the server closed the connection")));
  }

  static async open(port: number): Promise<Connection> {
    const socket = connect(port, "127.0.0.1");
    await once(socket, "connect");
    return new Connection(socket);
  }

  /** @param onBody told once, when the first byte of the body is there */
  send(request: string, onBody?: () => void): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject, onBody };
      this.#socket.write(request, "latin1");
    });
  }

  close(): void {
    this.#waiting = undefined;
    this.#socket.destroy();
  }

  #receive(text: string): void {
    this.#received = this.#received === "" ? text : this.#received + text;
    const waiting = this.#waiting;
    const end = this.#received.indexOf("\r\n\r\n");
    if (!waiting || end === -1) return;
    if (waiting.onBody && this.#received.length > end + 4) {
      waiting.onBody();
      waiting.onBody = undefined;
    }
    const body = readBody(this.#received, end);
    if (body === undefined) return;
    const answer = { status: Number(this.#received.slice(9, 12)), head: this.#received.slice(0, end), body };
    this.#received = "";
    this.#waiting = undefined;
    waiting.resolve(answer);
  }

  #fail(error: Error): void {
    this.#waiting?.reject(error);
    this.#waiting = undefined;
  }
}

const length = /\r\ncontent-length: (\d+)/i;
const chunked = /\r\ntransfer-encoding: chunked/i;

/** Undefined while something is missing. */
function readBody(received: string, headEnd: number): string | undefined {
  const start = headEnd + 4;
  const head = received.slice(0, headEnd);
  const stated = length.exec(head)?.[1];
  if (stated !== undefined) {
    const end = start + Number(stated);
    return received.length >= end ? received.slice(start, end) : undefined;
  }
  if (!chunked.test(head)) return "";
  return received.endsWith("0\r\n\r\n") ? joinChunks(received, start) : undefined;
}

function joinChunks(received: string, start: number): string {
  let body = "";
  for (let at = start; ; ) {
    const lineEnd = received.indexOf("\r\n", at);
    const size = Number.parseInt(received.slice(at, lineEnd), 16);
    if (size === 0) return body;
    body += received.slice(lineEnd + 2, lineEnd + 2 + size);
    at = lineEnd + 2 + size + 2;
  }
}
