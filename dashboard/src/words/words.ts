/** The texts of the page in the language shown. Messages are in ICU MessageFormat: plurals, choices and numbers. */
import { IntlMessageFormat } from 'intl-messageformat'
import type { ComponentChildren } from 'preact'
import type { Texts } from './en/en.ts'
import { currentLocale, currentTexts } from './language.ts'

/** `subject.text`: the file of a text in each language, and its name there. */
export type TextKey = { [Subject in keyof Texts]: `${Subject}.${keyof Texts[Subject] & string}` }[keyof Texts]

type Values = Readonly<Record<string, string | number | boolean | null | undefined>>
type RichValues = Readonly<Record<string, ComponentChildren | ((parts: ComponentChildren) => ComponentChildren)>>

/** Parsed messages by locale and text: parsing takes longer than formatting. */
const parsed = new Map<string, IntlMessageFormat>()

/** Returns a text with its values. A count is passed as a number, so that the language chooses its plural. */
export function t(key: TextKey, values?: Values): string {
  const text = textOf(key)!
  return values === undefined ? text : String(messageOf(text).format(values as Record<string, string>))
}

/** Returns a text with elements in it: `<b>…</b>` in the text calls the value `b` with what is between. */
export function rich(key: TextKey, values: RichValues): ComponentChildren {
  return messageOf(textOf(key)!).format<ComponentChildren>(values as Record<string, string>) as ComponentChildren
}

/** Returns the text of a name that comes from the platform or a bank’s own settings; `undefined` if there is none. */
export function textIfAny(subject: keyof Texts, name: string, values: Values = {}): string | undefined {
  const text = textOf(`${subject}.${name}`)
  return text === undefined ? undefined : String(messageOf(text).format(values as Record<string, string>))
}

function textOf(key: string): string | undefined {
  const dot = key.indexOf('.')
  const texts = (currentTexts() as Readonly<Record<string, Readonly<Record<string, string>>>>)[key.slice(0, dot)]
  const name = key.slice(dot + 1)
  return texts !== undefined && Object.hasOwn(texts, name) ? texts[name] : undefined
}

function messageOf(text: string): IntlMessageFormat {
  const key = `${currentLocale()} ${text}`
  let message = parsed.get(key)
  if (message === undefined) parsed.set(key, (message = new IntlMessageFormat(text, currentLocale())))
  return message
}
