import { html } from "../../markup.ts";
import { phrasesIn } from "../../phrases.ts";
import type * as en from "../en/doors.ts";
import type { Wording } from "../wording.ts";

const { waitText } = phrasesIn("ja");

export const signIn: Wording<typeof en.signIn> = {
  title: "サインイン",
  goOn: (app) => html`${app}に進みます`,
  login: "ユーザー名またはメールアドレス",
  password: "パスワード",
  submit: "サインイン",
  newHere: (platform) => `${platform}は初めてですか？`,
  createAccount: "アカウントを作成",
  madeElsewhere: (app, host) =>
    html`${app}は ${host} の別の提供者によるアプリです。パスワードがアプリに渡ることはありません。`,
  policies: (privacy, terms) => html`アプリの${privacy}と${terms}。`,
  policy: (link) => html`アプリの${link}。`,
  privacy: "プライバシーポリシー",
  terms: "利用規約",
  wrong: "名前とパスワードの組み合わせが正しくありません。もう一度お試しください。",
  wrongField: "正しくありません。上の名前は残しています。",
  wait: (milliseconds) =>
    html`試行回数が多すぎます。<strong>${waitText(milliseconds)}</strong>待ってから、もう一度お試しください。`,
  expired: "長く待機していたため、安全のためにこのページを閉じました。何も送信していません。もう一度お試しください。",
};

export const signUp: Wording<typeof en.signUp> = {
  title: "アカウントを作成",
  lede: (platform) =>
    `${platform}と、そのサインインに対応するすべてのアプリで使えるアカウントです。モデルを使うまで料金はかかりません。`,
  name: "名前",
  nameHelp: "閲覧を許可したアプリに表示されます。",
  username: "ユーザー名",
  usernameHelp: "サインインに使います。",
  email: "メールアドレス",
  emailHelp: "許可した場合にだけアプリに表示されます。",
  password: "パスワード",
  passwordHelp: "12文字以上。短い文でも、パスワードマネージャーでも構いません。",
  acceptBoth: (terms, privacy) => html`${terms}と${privacy}に同意します。`,
  acceptTerms: (terms) => html`${terms}に同意します。`,
  terms: "利用規約",
  privacy: "プライバシーポリシー",
  submit: "アカウントを作成",
  haveAccount: "アカウントをお持ちですか？",
  signIn: "サインイン",
  expired: signIn.expired,
  wait: signIn.wait,
  errors: {
    name: { missing: "アプリに表示してよい名前を入力してください。", form: "64文字以内、1行で入力してください。" },
    username: {
      missing: "ユーザー名を決めてください。",
      form: "英数字、ピリオド、ハイフン、アンダースコアを使い、3〜32文字で、最初と最後は英数字にしてください。",
      taken: "このユーザー名はすでに使われています。別のものを選んでください。",
      reserved: "このユーザー名は運営者用のため使えません。別のものを選んでください。",
    },
    email: {
      missing: "メールアドレスを入力してください。",
      form: "maya@fennick.example のようなアドレスを入力してください。",
    },
    password: {
      missing: "パスワードを決めてください。",
      short: "12文字以上にしてください。",
      long: "256文字以内にしてください。",
      common: "このパスワードは推測されやすい一覧に載っています。別のものにしてください。短い文でも構いません。",
    },
    terms: { missing: "続けるにはチェックを入れてください。" },
  },
};

export const signOut: Wording<typeof en.signOut> = {
  title: (platform) => `${platform}からサインアウトしますか？`,
  lede: (person) =>
    html`${person} としてサインインしています。アプリへの許可はそのままです。止めるには許可を取り消してください。`,
  stay: "とどまる",
  submit: "サインアウト",
  doneTitle: "サインアウトしました",
  donePage: "サインアウト済み",
  doneLede: "鍵は元の場所に戻りました。",
  shared: "共用のコンピューターでは、このウィンドウも閉じてください。",
  again: "もう一度サインイン",
  apps: "許可したアプリは、キーと上限をそのまま保ちます。止めるには、サインインして許可を取り消してください。",
};
