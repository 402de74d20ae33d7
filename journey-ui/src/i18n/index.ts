import i18next from 'i18next';
import { initReactI18next, useTranslation } from 'react-i18next';
import type { Language, Words } from '../../../shared/words.ts';
import { RESOURCES } from './words/index.ts';

const KEY = 'pergola.language';

const wanted = (): Language => {
  const kept = localStorage.getItem(KEY);
  if (kept === 'zh' || kept === 'en') return kept;
  return navigator.languages.some((l) => l.toLowerCase().startsWith('zh')) &&
    !navigator.languages[0]?.toLowerCase().startsWith('en')
    ? 'zh'
    : 'en';
};

const show = (language: Language): void => {
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
};

/** Starts translation in the browser's language, or the one chosen earlier. */
export function startWords(): void {
  const language = wanted();
  i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    resources: { zh: { translation: RESOURCES.zh }, en: { translation: RESOURCES.en } },
    interpolation: { escapeValue: false },
    returnEmptyString: false,
  });
  show(language);
}

export function chooseLanguage(language: Language): void {
  localStorage.setItem(KEY, language);
  void i18next.changeLanguage(language);
  show(language);
}

/** `t` for the console's own words, `say` for texts that come in both languages. */
export function useWords(): {
  t: (key: string, values?: Record<string, unknown>) => string;
  say: (words: Words | undefined) => string;
  language: Language;
} {
  const { t, i18n } = useTranslation();
  const language: Language = i18n.language === 'zh' ? 'zh' : 'en';
  return {
    t: (key, values) => t(key, values ?? {}),
    say: (words) => (words === undefined ? '' : words[language]),
    language,
  };
}
