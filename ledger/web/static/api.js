// Asking the desk: JSON in, JSON out; an answer always comes, if only a sentence.

const UNREACHABLE = {
  error: "连不上服务（yusuan web 可能已停止）。没有收到答复，可以直接重试：同一笔不会记两次。",
};

/** Look something up. */
export async function look(path, params) {
  const query = new URLSearchParams(params);
  const answer = await fetch(`/yusuan/look/${path}?${query}`);
  return answer.ok ? answer.json() : null;
}

/** Send a form, with a file where there is one; give whether it was accepted, and the answer. */
export async function send(path, fields, file) {
  let body = JSON.stringify(fields);
  const headers = {};
  if (file) {
    const parts = new FormData();
    parts.append("form", body);
    parts.append("voucher", file);
    body = parts;
  } else {
    headers["Content-Type"] = "application/json";
  }
  try {
    const answer = await fetch(`/yusuan/desk/${path}`, { method: "POST", body, headers });
    return [answer.ok, await answer.json().catch(() => refused(answer.status))];
  } catch {
    return [false, UNREACHABLE];
  }
}

function refused(status) {
  if (status === 401) return { error: "请先登录，再重试；填写的内容还在。" };
  if (status === 403) return { error: "没有办理这项业务的权限，或账套以只读方式打开。" };
  if (status === 413) return { error: "附件太大，请压缩后再附。" };
  return { error: `服务没有给出可用的答复（${status}），请稍后重试。` };
}
