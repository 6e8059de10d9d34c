import type * as en from "../en/faults.ts";
import type { Wording } from "../wording.ts";

const goBack = "アプリに戻ってもう一度お試しください。繰り返し起きる場合は、アプリの提供者にお知らせください。";
const nothingHappened = "何も共有されず、料金も発生していません。";

export const fatal: Wording<typeof en.fatal> = {
  title: "ここで中止しました",
  developers: "開発者向け",
  error: "エラー",
  reason: "理由",
  message: "メッセージ",
  reference: "参照番号",
  reasons: {
    redirect_uri_not_registered: {
      lede: `アプリが指定した戻り先アドレスは登録されていないため、応答がどこへ届くか分かりません。${nothingHappened}`,
      next: goBack,
      developers: "リダイレクト先アドレスは1文字ずつ比較します。まったく同じアドレスをアプリに登録してください。",
    },
    redirect_uri_missing: {
      lede: `アプリが応答の送り先を指定していません。${nothingHappened}`,
      next: goBack,
      developers: "認可リクエストに redirect_uri を含めてください。",
    },
    client_not_found: {
      lede: `要求元のアプリが見つかりません。削除された可能性があります。${nothingHappened}`,
      next: goBack,
      developers: "client_id を確認してください。cid_ で始まり、アプリの登録時に表示されます。",
    },
    request_invalid: {
      lede: `受け取ったリクエストを読み取れません。${nothingHappened}`,
      next: goBack,
      developers: "認可リクエストの各パラメーターは、クエリまたはフォームで1回だけ指定できます。",
    },
    request_expired: {
      lede: "長く待機していたため、安全のためにこのページを閉じました。",
      next: "アプリに戻って最初からやり直してください。",
      developers: "認可リクエストの有効時間は1時間です。",
    },
    request_of_another_browser: {
      lede: `このサインインは別のブラウザーで始められたか、Cookie が無効になっています。${nothingHappened}`,
      next: "このブラウザーでアプリに戻り、最初からやり直してください。",
      developers: "リクエストは、それを開いたブラウザーに Cookie で結び付けられています。",
    },
    hotkey_nonce: {
      lede: "プログラムが署名した内容は、期限切れか、使用済みか、当方が発行したものではありません。誰もサインインしていません。",
      next: "プログラムからやり直してください。",
      developers: "/idp/cli_login/nonce の nonce は、一緒に届いたテキストとともに5分間、1回だけ有効です。",
    },
    hotkey_signature: {
      lede: "この署名は、このホットキーによるこのテキストの署名ではありません。誰もサインインしていません。",
      next: "正しいキーを使い、プログラムからやり直してください。",
      developers: "/idp/cli_login/nonce のテキスト全体をそのまま署名し、署名を16進数で送ってください。",
    },
    hotkey_unknown: {
      lede: "このホットキーを持つアカウントはありません。誰もサインインしていません。",
      next: "パスワードでサインインし、「セキュリティ」でホットキーを連携してから、やり直してください。",
      developers: "ホットキーは所有者が連携した後にサインインできます。無効なアカウントにはありません。",
    },
    too_many_attempts: {
      lede: `短時間に試行が多すぎました。${nothingHappened}`,
      next: "数分待ってから、もう一度お試しください。",
      developers: "待つ秒数は Retry-After ヘッダーにあります。",
    },
    too_large: {
      lede: "送られた内容は、このページが受け取れる大きさを超えています。何も保存していません。",
      next: "戻って、短くするか小さくしてから、もう一度送ってください。",
      developers: "フォームの上限は 64 KiB、画像の上限はそのフォームに記載の大きさです。",
    },
    page_unknown: {
      lede: "このアドレスはこの方法では使えません。何も行っていません。",
      next: "戻ってページを再読み込みしてください。",
      developers: "使えるメソッドは Allow ヘッダーにあります。",
    },
    form_unreadable: {
      lede: "届いたフォームは読み取れない形式でした。何も行っていません。",
      next: "戻ってページを再読み込みし、もう一度操作してください。",
      developers: "フォームは application/x-www-form-urlencoded で送ってください。",
    },
    app_blocked: {
      lede: "このアプリはプラットフォームの運営者により停止されています。何も変更されていません。",
      next: "再開できるのは運営者だけです。停止の理由はプラットフォームの運営者にお問い合わせください。",
      developers: "アプリのトークンは無効になっており、その間は誰もこのアプリにサインインできません。",
    },
    app_role: {
      lede: "このアプリでのあなたの役割では、この操作はできません。何も変更されていません。",
      next: "アプリの所有者に操作を依頼するか、必要な役割を付けてもらってください。",
      developers: "閲覧者は何も変更できません。共有と削除は所有者だけができます。",
    },
    device_of_another_session: {
      lede: `このコードは先に別のブラウザーで開かれたため、そのブラウザーでしか回答できません。${nothingHappened}`,
      next: "そのブラウザーで続けるか、デバイスで最初からやり直し、新しいコードをここに入力してください。",
      developers: "ユーザーコードは、最初に入力したセッションのものになります。",
    },
    form_invalid: {
      lede: `届いたフォームは当方のものではないか、古すぎます。${nothingHappened}`,
      next: "戻ってページを再読み込みし、もう一度操作してください。",
      developers: "フォームのトークンがないか、期限切れか、別のセッションのものです。",
    },
  },
};

export const failure: Wording<typeof en.failure> = {
  title: "当方で問題が発生しました",
  lede: "お客様の操作が原因ではありません。ご依頼の内容は実行されていません。",
  next: "1分ほどしてからもう一度お試しください。繰り返し起きる場合は、下の参照番号を運営者にお知らせください。",
  busyTitle: "混み合っています",
  busyLede: "ご依頼の内容は実行されていません。失われたものはありません。",
  busyNext: "少し待ってから、このページを再読み込みしてください。",
  reference: "参照番号",
};

export const notFound: Wording<typeof en.notFound> = {
  title: "ページが見つかりません",
  lede: "アドレスが間違っているか、ここにあったものはなくなりました。",
  home: "アカウントへ",
};
