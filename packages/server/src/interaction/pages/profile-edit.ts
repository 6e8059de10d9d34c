import {
  choiceField,
  type Frame,
  hidden,
  html,
  languageNames,
  type Markup,
  notice,
  type Person,
  renderRoom,
  textField,
} from "../../ui/index.ts";

export const profileEditPath = "/account/profile/edit";

export interface ProfileEditProps {
  person: Person;
  csrf: string;
  name: string;
  nickname: string;
  /** One of the languages of the pages; empty where the browser decides. */
  locale: string;
  /** Where the picture is served. */
  picture?: string | undefined;
  saved?: boolean;
  problem?: "name" | "nickname" | "picture" | undefined;
}

/** `POST /account/profile/edit` with `name`, `nickname`, `locale`; `…/picture` with a file; `…/picture-remove`. */
export function renderProfileEdit(frame: Frame, props: ProfileEditProps): string {
  const words = frame.text.profileEdit;
  return renderRoom(frame, {
    room: "profile",
    title: words.title,
    failed: props.problem !== undefined,
    person: props.person,
    body: html`<div class="title"><h1>${words.title}</h1></div>
  <div class="stack">${props.saved && notice("good", words.saved, true)}
  ${wordsForm(frame, props)}
  ${pictureForms(frame, props)}</div>`,
  });
}

function wordsForm({ text }: Frame, { csrf, name, nickname, locale, problem }: ProfileEditProps): Markup {
  const words = text.profileEdit;
  const field = (of: "name" | "nickname", value: string, help: string, autocomplete: string) =>
    textField({
      name: of,
      label: words[of],
      value,
      autocomplete,
      help,
      error: problem === of ? words[`${of}Error`] : undefined,
      focus: problem === of,
      required: of === "name",
      maxLength: 64,
    });
  const language = choiceField({
    name: "locale",
    label: words.language,
    value: locale,
    options: [["", words.browserLanguage], ...Object.entries(languageNames)],
    help: words.languageHelp,
  });
  return html`<section class="panel stack" aria-labelledby="words"><div class="stack-s"><h2 id="words">${words.words}</h2><p class="mut">${words.lede}</p></div>
  <form class="stack" method="post" action="${profileEditPath}">${hidden({ csrf })}
    ${field("name", name, words.nameHelp, "name")}
    ${field("nickname", nickname, words.nicknameHelp, "nickname")}
    ${language}
    <div class="row"><button class="btn btn-1">${words.save}</button><a class="btn btn-quiet" href="/account/profile">${words.leave}</a></div></form></section>`;
}

function pictureForms({ text }: Frame, { csrf, picture, problem }: ProfileEditProps): Markup {
  const words = text.profileEdit;
  const wrong = problem === "picture";
  const attributes = wrong ? html` aria-invalid="true" autofocus` : "";
  const shown = picture
    ? html`<div class="row"><img class="portrait" src="${picture}" alt="${words.pictureAlt}" width="64" height="64"><form method="post" action="${profileEditPath}/picture-remove">${hidden({ csrf })}<button class="btn btn-s">${words.remove}</button></form></div>`
    : html`<p class="fine">${words.noPicture}</p>`;
  return html`<section class="panel stack" aria-labelledby="picture-title"><div class="stack-s"><h2 id="picture-title">${words.picture}</h2><p class="mut">${words.pictureLede}</p></div>
  ${shown}
  <form class="stack" method="post" action="${profileEditPath}/picture" enctype="multipart/form-data">${hidden({ csrf })}
    <div class="field"><label for="picture">${words.file}</label><input class="input file" id="picture" name="picture" type="file" accept="image/png,image/jpeg,image/webp" required aria-describedby="picture-note"${attributes}><p class="${wrong ? "error" : "help"}" id="picture-note">${wrong ? words.fileError : words.fileHelp}</p></div>
    <div class="row"><button class="btn">${words.upload}</button></div></form></section>`;
}
