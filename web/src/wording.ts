/** What scripts say, in the language of the page; everything else is said by the server's pages. */

const ENGLISH = {
  allKeys: "All keys",
  singleKeys: "Single keys act",
  close: "Close",
  next: "Next item",
  previous: "Previous item",
  help: "This list of keys",
  send: "Send what is typed in",
  failed: "That did not work, and nothing was changed. Load the page again.",
  offline: "The desk does not answer. Is it still running?",
  noMap: "This browser cannot draw maps (it has no WebGL). The places are in the list beside.",
  noPlaces: "The places of this map could not be loaded. Load the page again.",
  map: "Map",
  zoomKey: "Hold {key} and scroll to zoom",
  twoFingers: "Move the map with two fingers",
  zoomIn: "Closer",
  zoomOut: "Farther",
  credits: "Where the map comes from",
  kilometres: "km",
  metres: "m",
  borders: "Borders: Natural Earth; they are no verdict.",
  towns: "Towns: GeoNames.",
  openStreetMap: "© OpenStreetMap contributors",
  chosenWords: "Chosen: {words}",
  nothingChosen: "Nothing chosen",
  wordKeys: "Arrow keys choose words, with Shift several; Escape lets go.",
  brushKeys: "Arrow keys choose a time, with Shift several; Enter shows it, Escape lets go.",
  from: "{start} to {end}",
};

export type Phrase = keyof typeof ENGLISH;

const ARABIC: Record<Phrase, string> = {
  allKeys: "كل المفاتيح",
  singleKeys: "المفاتيح المفردة فعّالة",
  close: "إغلاق",
  next: "العنصر التالي",
  previous: "العنصر السابق",
  help: "قائمة المفاتيح هذه",
  send: "إرسال ما كُتب",
  failed: "لم ينجح ذلك ولم يتغيّر شيء. أعد تحميل الصفحة.",
  offline: "المكتب لا يجيب. هل ما زال يعمل؟",
  noMap: "لا يستطيع هذا المتصفح رسم الخرائط (لا يدعم WebGL). الأماكن في القائمة المجاورة.",
  noPlaces: "تعذّر تحميل أماكن هذه الخريطة. أعد تحميل الصفحة.",
  map: "خريطة",
  zoomKey: "اضغط {key} ومرّر للتكبير",
  twoFingers: "حرّك الخريطة بإصبعين",
  zoomIn: "أقرب",
  zoomOut: "أبعد",
  credits: "مصدر الخريطة",
  kilometres: "كم",
  metres: "م",
  borders: "الحدود: Natural Earth، وليست حُكمًا.",
  towns: "المدن: GeoNames.",
  openStreetMap: "© المساهمون في OpenStreetMap",
  chosenWords: "المختار: {words}",
  nothingChosen: "لم يُختر شيء",
  wordKeys: "مفاتيح الأسهم تختار الكلمات، ومع Shift عدة كلمات؛ وEscape يلغي الاختيار.",
  brushKeys: "مفاتيح الأسهم تختار زمنًا، ومع Shift عدة أزمنة؛ Enter يعرضه وEscape يلغيه.",
  from: "{start} إلى {end}",
};

const LANGUAGES: Record<string, Record<Phrase, string>> = { en: ENGLISH, ar: ARABIC };

/** The page's language, as two letters. */
export const language = (document.documentElement.lang || "en").slice(0, 2);

/** A phrase in the page's language, with the values that it has room for. */
export function phrase(name: Phrase, values: Record<string, string> = {}): string {
  const text = (LANGUAGES[language] ?? ENGLISH)[name];
  return text.replace(/\{(\w+)\}/g, (room, value: string) => values[value] ?? room);
}
