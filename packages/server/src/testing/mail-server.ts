import { createServer, type Server, type Socket } from "node:net";
import { TLSSocket } from "node:tls";

export interface ReceivedLetter {
  from: string;
  to: string;
  /** Header and body, as they came. */
  data: string;
  encrypted: boolean;
}

export interface MailServer {
  /** `smtp://127.0.0.1:port` */
  url: string;
  port: number;
  letters: ReceivedLetter[];
  /** Every line that came before TLS began. */
  inClear: string[];
  /** What is said to the next commands instead of yes, by the first word of the command, such as `RCPT`. */
  refusals: Map<string, string>;
  /** What a mail server does while a letter arrives; it answers afterwards. */
  onLetter: (letter: ReceivedLetter) => Promise<void> | void;
  close(): Promise<void>;
}

/** A mail server that takes every letter (RFC 5321), offers STARTTLS if it has a certificate, and then asks for a password. */
export async function openMailServer(certificate?: { key: string; cert: string }): Promise<MailServer> {
  const sockets = new Set<Socket>();
  const listener: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket)).on("error", () => {});
    socket.write("220 mail.example\r\n");
    converse(socket, server, certificate);
  });
  await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
  const { port } = listener.address() as { port: number };
  const server: MailServer = {
    url: `smtp://127.0.0.1:${port}`,
    port,
    letters: [],
    inClear: [],
    refusals: new Map(),
    onLetter: () => {},
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => listener.close(resolve));
    },
  };
  return server;
}

type Certificate = { key: string; cert: string } | undefined;

function converse(socket: Socket, server: MailServer, certificate: Certificate): void {
  const encrypted = socket instanceof TLSSocket;
  const blank = () => ({ from: "", to: "", data: "", encrypted });
  let letter = blank();
  let inData = false;
  const say = (line: string) => socket.write(`${line}\r\n`);

  async function write(line: string): Promise<void> {
    if (line !== ".") {
      letter.data += `${line.startsWith("..") ? line.slice(1) : line}\n`;
      return;
    }
    const arrived = letter;
    letter = blank();
    inData = false;
    await server.onLetter(arrived);
    server.letters.push(arrived);
    say("250 taken");
  }

  const answers: Record<string, (line: string) => void> = {
    EHLO: () => say(offers(certificate, encrypted)),
    STARTTLS: () => secure(socket, server, certificate!),
    AUTH: () => say("235 welcome"),
    MAIL(line) {
      letter.from = address(line);
      say("250 ok");
    },
    RCPT(line) {
      letter.to = address(line);
      say("250 ok");
    },
    DATA() {
      inData = true;
      say("354 go on");
    },
    QUIT: () => socket.end("221 bye\r\n"),
  };

  let rest = "";
  socket.setEncoding("latin1").on("data", async (chunk: string) => {
    const lines = (rest + chunk).split("\r\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      if (!encrypted) server.inClear.push(line);
      const word = line.split(" ")[0]!.toUpperCase();
      const refusal = server.refusals.get(word);
      if (inData) await write(line);
      else if (refusal !== undefined) say(refusal);
      else if (answers[word]) answers[word](line);
      else say("500 what?");
    }
  });
}

function offers(certificate: Certificate, encrypted: boolean): string {
  return `250-mail.example\r\n250 ${certificate && !encrypted ? "STARTTLS" : "AUTH PLAIN"}`;
}

function secure(socket: Socket, server: MailServer, certificate: NonNullable<Certificate>): void {
  socket.removeAllListeners("data").write("220 go on\r\n");
  const safe = new TLSSocket(socket, { isServer: true, ...certificate });
  safe.on("error", () => {});
  converse(safe, server, certificate);
}

function address(line: string): string {
  return /<([^>]*)>/.exec(line)?.[1] ?? "";
}
