import {
  type AppFace,
  appTile,
  type Content,
  type Frame,
  html,
  icon,
  type Markup,
  type Person,
  renderHall,
  trustBadge,
} from "../../ui/index.ts";

export interface DirectoryApp {
  id: string;
  face: AppFace;
  description?: string;
  /** With its host, as it may be shown. */
  homepage?: { url: string; host: string };
  owner: string;
  /** How many people allow it, so roughly that nobody can be counted. */
  crowd: keyof Frame["text"]["directory"]["crowd"];
}

export interface DirectoryProps {
  person?: Person;
  apps: readonly DirectoryApp[];
  total: number;
  search?: string;
  /** Counted from zero. */
  page: number;
  perPage: number;
}

/** `GET /apps` with `search` and `page`. */
export function renderDirectory(frame: Frame, props: DirectoryProps): string {
  const { person, apps, search } = props;
  const words = frame.text.directory;
  return renderHall(frame, {
    title: words.title,
    person,
    body: html`<h1>${words.title}</h1><p class="lede">${words.lede(frame.brand.name)}</p>
  <form class="find" method="get" action="/apps" role="search"><input class="input" type="search" name="search" aria-label="${words.search}" placeholder="${words.search}" value="${search ?? ""}" maxlength="200"><button class="btn">${words.submit}</button></form>
  ${apps.length > 0 ? shelf(frame, props) : nothing(frame, search)}`,
  });
}

function shelf(frame: Frame, props: DirectoryProps): Content {
  const words = frame.text.directory;
  const { total, search } = props;
  const count = search ? html`${words.found(total, search)} · <a href="/apps">${words.all}</a>` : words.total(total);
  return [
    html`<p class="fine num shelf-count">${count}</p><ul class="shelf">${props.apps.map((app) => card(frame, app))}</ul>`,
    pager(frame, props),
  ];
}

function card(frame: Frame, { face, description, homepage, owner, crowd }: DirectoryApp): Markup {
  const { text } = frame;
  const words = text.directory;
  const link = homepage
    ? html`<a href="${homepage.url}" rel="noreferrer nofollow ugc"><bdi>${homepage.host}</bdi></a>`
    : html`<span>${words.noHomepage}</span>`;
  return html`<li class="card"><div class="id">${appTile(face)}<div class="stack-xs"><h2>${face.name}</h2>${trustBadge(text, face)}</div></div>
    <p class="clip ${description ? "mut" : "fine"}">${description ?? words.noDescription}</p>
    <p class="fine card-foot"><span>${link}</span><span>${words.madeBy(owner)} · ${words.crowd[crowd]}</span></p></li>`;
}

function nothing(frame: Frame, search: string | undefined): Markup {
  const words = frame.text.directory;
  const link = html`<a href="/apps">${words.all.toLowerCase()}</a>`;
  const sentence = search ? words.nothing(link) : words.empty;
  return html`<div class="empty">${icon("key", 28)}<h2>${search ? words.nothingTitle : words.emptyTitle}</h2><p class="fine">${sentence}</p></div>`;
}

function pager({ text }: Frame, { apps, total, search, page, perPage }: DirectoryProps): Content {
  const words = text.directory;
  if (total <= perPage) return undefined;
  const first = page * perPage;
  const address = (to: number) => `?${new URLSearchParams({ ...(search && { search }), page: String(to) })}`;
  const newer = page > 0 && html`<a class="btn btn-s btn-quiet" href="${address(page - 1)}">${words.newer}</a>`;
  const older =
    first + apps.length < total && html`<a class="btn btn-s" href="${address(page + 1)}">${words.older}</a>`;
  return html`<div class="row row-b pager"><span class="fine num">${words.position(first + 1, first + apps.length, total)}</span><span class="row">${newer}${older}</span></div>`;
}
