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
import { itemsAtMost, languageTag, oneOf, wordsUpTo } from '../rules.ts'
import { globalTopic } from '../topic.ts'

/** Objections of customers, as the analysis of a turn names them. */
export const objections = ['price', 'need', 'timing', 'trust', 'authority', 'competitor', 'risk', 'contact'] as const

const liquid = wordsUpTo(4_000)
const wording = {
  text: documented('A Liquid template; its placeholders are in docs/scripts.md.', liquid),
  simpler: documented(
    'The same in simpler words, for a customer who did not understand; null: there are none.',
    nullable(liquid),
  ),
  fallback: documented(
    'Plain words that are said instead where a value is missing. Needed unless the text says something without it.',
    nullable(wordsUpTo(2_000)),
  ),
}

export const ScriptPart = record('ScriptPart', 'A part of a call: what is said before the customer answers.', {
  id: identifier,
  ...wording,
  required: documented(
    'It is said in every call, and again if it was interrupted, as sentences that the law asks for are.',
    withDefault(boolean, false),
  ),
})
export type ScriptPart = TypeOf<typeof ScriptPart>

export const ObjectionAnswer = record('ObjectionAnswer', 'What is said to an objection.', {
  objection: oneOf(objections),
  ...wording,
})
export type ObjectionAnswer = TypeOf<typeof ObjectionAnswer>

export const ScriptTemplate = event(
  'ScriptTemplate',
  'What is said in a call, with placeholders for what differs between customers.',
  {
    name: identifier,
    version: int,
    language: languageTag,
    products: documented('What it is for; empty: for any product.', itemsAtMost(200, array(identifier))),
    groups: documented(
      'Target groups that it is for: who is in one of them; empty: everybody.',
      withDefault(itemsAtMost(50, array(identifier)), []),
    ),
    parts: documented('In the order in which they are said.', itemsAtMost(50, array(ScriptPart))),
    answers: documented('One for each objection at most.', itemsAtMost(objections.length, array(ObjectionAnswer))),
    retired: documented('It is no longer used.', withDefault(boolean, false)),
    changedBy: string,
  },
)
export type ScriptTemplate = TypeOf<typeof ScriptTemplate>

export const scriptTemplates = globalTopic<ScriptTemplate>({
  name: 'script-templates',
  schema: ScriptTemplate,
  key: 'name',
  keyOf: ({ name }) => name,
  versionOf: ({ version }) => version,
  producer: 'API',
})
