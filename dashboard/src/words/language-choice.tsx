import { chooseLanguage, languages, useLanguage, type Language } from './language.ts'
import { t } from './words.ts'

/** Chooses the language of the page, which this browser keeps. */
export function LanguageChoice() {
  const language = useLanguage()
  return (
    <select
      class="language"
      aria-label={t('page.language')}
      value={language}
      onChange={(event) => void chooseLanguage(event.currentTarget.value as Language)}
    >
      {Object.entries(languages).map(([code, { name }]) => (
        <option key={code} value={code} lang={code}>
          {name}
        </option>
      ))}
    </select>
  )
}
