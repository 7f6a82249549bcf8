import { useEffect, useState } from 'preact/hooks'
import { en, type Texts } from './en/en.ts'

/** Languages of the page: the name in the language itself, its locales for numbers and for dates, and its texts. */
export const languages = {
  en: { name: 'English', locale: 'en', dates: 'en-GB', load: () => Promise.resolve(en) },
  ru: { name: 'Русский', locale: 'ru', dates: 'ru', load: async (): Promise<Texts> => (await import('./ru/ru.ts')).ru },
  zh: {
    name: '中文',
    locale: 'zh-CN',
    dates: 'zh-CN',
    load: async (): Promise<Texts> => (await import('./zh/zh.ts')).zh,
  },
} as const
export type Language = keyof typeof languages

const STORAGE_KEY = 'scoreline-language'
const CHANGED = 'scoreline-language-changed'

let shown: { readonly language: Language; readonly texts: Texts } = { language: 'en', texts: en }

function currentLanguage(): Language {
  return shown.language
}

export function currentTexts(): Texts {
  return shown.texts
}

export function currentLocale(): string {
  return languages[shown.language].locale
}

export function dateLocale(): string {
  return languages[shown.language].dates
}

const isLanguage = (name: string): name is Language => Object.hasOwn(languages, name)

/** Returns the language that was chosen in this browser, or else the first of the browser’s that the page has. */
export function preferredLanguage(): Language {
  const kept = localStorage.getItem(STORAGE_KEY) ?? ''
  const preferred = navigator.languages.map((one) => one.split('-')[0]!)
  return [kept, ...preferred].find(isLanguage) ?? 'en'
}

/** Keeps the language in this browser and shows the page in it. */
export async function chooseLanguage(language: Language): Promise<void> {
  localStorage.setItem(STORAGE_KEY, language)
  await showLanguage(language)
}

/** Loads the texts of a language and shows them. Throws if they can’t be loaded; the page then stays as it is. */
export async function showLanguage(language: Language): Promise<void> {
  shown = { language, texts: await languages[language].load() }
  if (typeof document === 'undefined') return
  document.documentElement.lang = language
  dispatchEvent(new Event(CHANGED))
}

/** Returns the language shown; what uses it is drawn again when it changes. */
export function useLanguage(): Language {
  const [language, setLanguage] = useState(currentLanguage)
  useEffect(() => {
    const change = () => setLanguage(currentLanguage())
    addEventListener(CHANGED, change)
    return () => removeEventListener(CHANGED, change)
  }, [])
  return language
}
