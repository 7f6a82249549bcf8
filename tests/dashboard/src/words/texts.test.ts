import { parse, TYPE, type MessageFormatElement } from '@formatjs/icu-messageformat-parser'
import { featureWords } from '../../../../generators/feature-words.ts'
import { defaultDispositions } from '../../../../processors/calls/lists/default-dispositions.ts'
import { detectors } from '../../../../processors/visits/evidence/detectors.ts'
import { actionRules } from '../../../../processors/visits/planning/next-action.ts'
import { contactChecks, contactPurposes } from '../../../../schemas/calls/contact-terms.ts'
import { alertKinds } from '../../../../schemas/customers/alerts.ts'
import { stages } from '../../../../schemas/recommendations/dictionary.ts'
import { scoredTasks, settings } from '../../../../subjects/subjects.ts'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { en } from '../../../../dashboard/src/words/en/en.ts'
import { ru } from '../../../../dashboard/src/words/ru/ru.ts'
import { zh } from '../../../../dashboard/src/words/zh/zh.ts'
import { keysUsed, literalTexts, PAGE, pageFiles, parseFile } from './find-texts.ts'

type Texts = Readonly<Record<string, Readonly<Record<string, string>>>>
const languages: Readonly<Record<string, Texts>> = { en, ru, zh }
/** Subjects whose texts are found by a name that comes from the platform. */
const BY_NAME = ['names', 'features', 'reasons', 'actions', 'settingKinds']
/** Texts that are the same in several languages: names, abbreviations and formats. */
const SAME = new Set(['models.auc', 'models.rmse', 'page.windowTitle', 'cases.n'])

const flat = (texts: Texts): Map<string, string> =>
  new Map(
    Object.entries(texts).flatMap(([subject, own]) =>
      Object.entries(own).map(([name, text]): [string, string] => [`${subject}.${name}`, text]),
    ),
  )
const english = flat(en)
const files = pageFiles()

describe.each(['ru', 'zh'])('%s', (language) => {
  const texts = flat(languages[language]!)

  test('has every text, and no other', () => {
    expect([...texts.keys()].sort()).toEqual([...english.keys()].sort())
    expect([...texts].filter(([, text]) => text.trim() === '')).toEqual([])
  })

  test('has the same placeholders as English', () => {
    const different = [...texts].filter(([key, text]) => placeholders(text) !== placeholders(english.get(key)!))
    expect(different).toEqual([])
  })

  test('is translated: no text is the same as in English, except names and formats', () => {
    const untranslated = [...texts].filter(
      ([key, text]) => text === english.get(key) && !SAME.has(key) && /\p{L}{2}/u.test(withoutPlaceholders(text)),
    )
    expect(untranslated).toEqual([])
  })

  test('has all plural forms of its language', () => {
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories
    const lacking = [...texts].filter(([, text]) =>
      pluralsOf(parse(text)).some((options) => forms.some((form) => !options.includes(form))),
    )
    expect(lacking).toEqual([])
  })
})

test('Chinese has no words of other alphabets but those of names, and Russian none but Latin names', () => {
  const names = /Scoreline|API|AUC|RMSE|IPS|SNIPS|DR|NONE|EVALUATION|ACTIVE|Ctrl|Enter|copied-text|\bA\b|\bB\b/g
  const foreign = (texts: Texts) =>
    [...flat(texts)].filter(([, text]) => /[A-Za-z]{2}/.test(withoutPlaceholders(text).replaceAll(names, '')))
  expect(foreign(zh)).toEqual([])
  expect(foreign(ru)).toEqual([])
})

test('every text is used by the page', () => {
  const used = new Set(files.flatMap((file) => keysUsed(file, (text) => english.has(text))))
  const unused = [...english.keys()].filter((key) => !used.has(key) && !BY_NAME.includes(key.split('.')[0]!))
  expect(unused).toEqual([])
})

test('what the platform names by codes has texts: tasks, alerts, evidence, rules, outcomes of calls, actions and settings', () => {
  const named = [
    ...scoredTasks.map(({ task }) => task),
    ...alertKinds,
    ...detectors.map(({ kind }) => kind),
    ...contactChecks,
    ...contactPurposes,
    ...defaultDispositions.keys(),
    ...stages,
  ]
  expect(named.filter((name) => !Object.hasOwn(en.names, name))).toEqual([])
  const kinds = settings.flatMap(({ name }) => [name, `${name}.purpose`])
  const others = ['redrive', 'model', 'api-key', 'personal-data']
  expect(Object.keys(en.settingKinds).sort()).toEqual([...kinds, ...others].sort())
  expect(Object.keys(en.actions).sort()).toEqual(actionRules.map(({ code }) => code).sort())
  expect(actionRules.map(({ code, text }) => [code, text])).toEqual(Object.entries(en.actions))
})

test('no text is written in a component', () => {
  const literal = files.flatMap((file) => literalTexts(file).map((text) => `${file.path}: ${text}`))
  expect(literal.filter((one) => !EXPECTED.includes(one) && !one.startsWith('words/feature-'))).toEqual([])
  expect(EXPECTED.filter((one) => !literal.includes(one))).toEqual([])
})

/** Names, values of the API, and media queries. */
const EXPECTED = [
  'sign-in.tsx: Scoreline',
  'top-bar.tsx: Scoreline',
  'top-bar.tsx: (prefers-color-scheme: dark)',
  'charts/draw-lines.ts: (prefers-color-scheme: dark)',
  'recommendations/customer-recommendations.tsx: first contact',
  'calls/live/end-call.tsx: customer hung up',
  'calls/live/end-call.tsx: handed over to a colleague',
  'calls/live/end-call.tsx: wrong person',
  'visits/cases/new-snooze.tsx: copied-text',
]

test('the search for texts finds contents, attributes and sentences in code', () => {
  const file = parseFile(
    'a.tsx',
    'const x = <p title="Two words" class="a b">Hi {`${n} calls wait`}<code>no text</code></p>',
  )
  expect(literalTexts(file)).toEqual(['Two words', 'Hi', '… calls wait'])
})

test.each([
  ['names', 'en/features.ts'],
  ['units', 'feature-units.ts'],
] as const)('the %s of features are those of their definitions', (what, path) => {
  const written = readFileSync(join(PAGE, 'words', path), 'utf8')
  const entries = (text: string) => text.match(/^ .*$/gm)!.map((line) => line.replaceAll(/['\s,]/g, ''))
  expect(entries(written)).toEqual(entries(featureWords(what)))
})

/** Returns the names and kinds of the placeholders of a message, whatever their order and how often they occur. */
function placeholders(text: string): string {
  const found = new Set<string>()
  const visit = (elements: readonly MessageFormatElement[]): void => {
    for (const element of elements) {
      if (element.type === TYPE.tag) visit(element.children)
      if (element.type === TYPE.plural || element.type === TYPE.select)
        for (const { value } of Object.values(element.options)) visit(value)
      if (element.type !== TYPE.literal && element.type !== TYPE.pound)
        found.add(
          element.type === TYPE.select
            ? `${element.value}: ${Object.keys(element.options).sort().join()}`
            : element.value,
        )
    }
  }
  visit(parse(text))
  return [...found].sort().join('; ')
}

/** Returns the plural forms of each plural of a message. */
function pluralsOf(elements: readonly MessageFormatElement[]): string[][] {
  return elements.flatMap((element) => {
    if (element.type === TYPE.tag) return pluralsOf(element.children)
    if (element.type !== TYPE.plural && element.type !== TYPE.select) return []
    const inside = Object.values(element.options).flatMap(({ value }) => pluralsOf(value))
    return element.type === TYPE.plural ? [Object.keys(element.options), ...inside] : inside
  })
}

function withoutPlaceholders(text: string): string {
  const literals = (elements: readonly MessageFormatElement[]): string =>
    elements
      .map((element) => {
        if (element.type === TYPE.literal) return element.value
        if (element.type === TYPE.tag) return literals(element.children)
        if (element.type !== TYPE.plural && element.type !== TYPE.select) return ' '
        return Object.values(element.options)
          .map(({ value }) => literals(value))
          .join(' ')
      })
      .join('')
  return literals(parse(text))
}
