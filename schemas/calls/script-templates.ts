import {
  array,
  boolean,
  documented,
  event,
  identifier,
  int,
  nullable,
  record,
  string,
  withDefault,
  type TypeOf,
} from '../avro/schema.ts'
import { itemsAtMost, languageTag, oneOf, textUpTo } from '../rules.ts'
import { globalTopic } from '../topic.ts'
import { settingOfTheBank } from '../persons.ts'

/** Objections of customers, as the analysis of a turn names them. */
export const objections = ['price', 'need', 'timing', 'trust', 'authority', 'competitor', 'risk', 'contact'] as const

const liquid = textUpTo(4_000)
const wording = {
  text: documented('A Liquid template; its placeholders are in docs/scripts.md.', liquid),
  simpler: documented(
    'The same in simpler words, for a customer who did not understand; null if there are none.',
    nullable(liquid),
  ),
  fallback: documented(
    'Plain text that is said instead if a value is missing. Required unless the text can be said without the value.',
    nullable(textUpTo(2_000)),
  ),
}

export const ScriptPart = record('ScriptPart', 'A part of a call: what is said before the customer answers.', {
  id: identifier,
  ...wording,
  required: documented(
    'Whether it is said in every call, and repeated if it was interrupted, such as sentences required by law.',
    withDefault(boolean, false),
  ),
  answeredBy: documented(
    'Intents, and words of the customer, that answer this part before it is said: a live call then skips it.',
    withDefault(itemsAtMost(30, array(textUpTo(100))), []),
  ),
})
export type ScriptPart = TypeOf<typeof ScriptPart>

export const ObjectionAnswer = record('ObjectionAnswer', 'The answer to an objection.', {
  objection: oneOf(objections),
  ...wording,
})
export type ObjectionAnswer = TypeOf<typeof ObjectionAnswer>

export const ScriptTemplate = event(
  'ScriptTemplate',
  'The script of a call, with placeholders for what differs between customers.',
  {
    name: identifier,
    version: int,
    language: languageTag,
    products: documented('Products that it is for; empty: any product.', itemsAtMost(200, array(identifier))),
    groups: documented(
      'Target groups that it is for, one of which the customer must be in; empty: everybody.',
      withDefault(itemsAtMost(50, array(identifier)), []),
    ),
    parts: documented('Parts in the order in which they are said.', itemsAtMost(50, array(ScriptPart))),
    answers: documented(
      'Answers to objections, at most one for each.',
      itemsAtMost(objections.length, array(ObjectionAnswer)),
    ),
    retired: documented('Whether it is no longer used.', withDefault(boolean, false)),
    changedBy: string,
  },
)
export type ScriptTemplate = TypeOf<typeof ScriptTemplate>

export const scriptTemplates = globalTopic<ScriptTemplate>({
  name: 'script-templates',
  schema: ScriptTemplate,
  key: 'name',
  persons: settingOfTheBank,
  keyOf: ({ name }) => name,
  versionOf: ({ version }) => version,
  producer: 'API',
})
