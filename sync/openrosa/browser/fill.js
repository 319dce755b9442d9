// Shows the form by ODK Web Forms, and sends what was filled in as a phone does. The page's folder is the token's.
import { createApp, h } from "vue";
import { OdkWebForm, webFormsPlugin } from "./index.js";

const place = document.getElementById("form");
const said = document.getElementById("said");
const UNSENT = "ยังไม่ได้ส่ง สิ่งที่กรอกยังอยู่ในหน้านี้";
let unsent = true;

function tell(sentence, wrong) {
  said.textContent = sentence;
  said.className = wrong ? "wrong" : "";
  said.scrollIntoView();
}

async function send(payload) {
  tell("กำลังส่ง", false);
  let answer;
  try {
    answer = await fetch("submission", { method: "POST", body: payload.data[0] });
  } catch {
    tell(`${UNSENT} ตรวจสัญญาณแล้วกด Send อีกครั้ง`, true);
    return;
  }
  const message = new DOMParser().parseFromString(await answer.text(), "text/xml").querySelector("message");
  if (answer.status !== 201) {
    tell(`${UNSENT}: ${message ? message.textContent : answer.status}`, true);
    return;
  }
  unsent = false;
  place.remove();
  tell(message.textContent, false);
}

addEventListener("beforeunload", (event) => {
  if (unsent && said.textContent) event.preventDefault();
});

const xml = await fetch(place.dataset.form);
if (!xml.ok) tell("เปิดแบบฟอร์มไม่ได้ ให้ขอลิงก์ใหม่จากเจ้าหน้าที่", true);
else {
  const properties = {
    formXml: await xml.text(),
    fetchFormAttachment: (url) => fetch(place.dataset.media + encodeURIComponent(url.pathname.split("/").pop())),
    preloadProperties: { deviceID: "mochocho:browser" },
    onSubmit: send, // comes only when nothing must be mended
  };
  createApp({ render: () => h(OdkWebForm, properties) }).use(webFormsPlugin).mount(place);
}
