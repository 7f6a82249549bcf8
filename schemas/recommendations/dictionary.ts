import {
  array,
  boolean,
  documented,
  event,
  identifier,
  int,
  map,
  nullable,
  record,
  withRule,
  string,
  withDefault,
  type TypeOf,
} from '../avro/schema.ts'
import { itemsAtMost, textUpTo } from '../rules.ts'
import { globalTopic } from '../topic.ts'
import { settingOfTheBank } from '../persons.ts'

/** What salespeople may talk about: needs of customers, and the product characteristics that answer them. */

/** The stages of the sales funnel, from the first on. */
export const stages = ['first contact', 'sale', 'contract', 'retention'] as const
export type Stage = (typeof stages)[number]

const words = textUpTo(500)

export const Need = record('Need', 'A problem that customers want solved.', {
  id: identifier,
  name: words,
  category: documented("One of the categories of contact persons' interests.", words),
  fieldOfActivity: documented('Field of activity of the organisations that it applies to; null: all.', nullable(words)),
  segment: documented('Segment of the organisations that it applies to; null: all.', nullable(words)),
  retired: documented('Whether it is no longer shown.', withDefault(boolean, false)),
})
export type Need = TypeOf<typeof Need>

export const Characteristic = record('Characteristic', 'A property of a product that a salesperson can put forward.', {
  id: documented('Permanent id: models refer to it.', identifier),
  name: words,
  description: withDefault(string, ''),
  product: documented('Product that has it; null: all products.', nullable(words)),
  needs: documented('Ids of the needs that it answers.', itemsAtMost(100, array(identifier))),
  advice: documented(
    'What to say, by stage of the funnel.',
    withRule(
      `keyed by ${stages.join(', ')}`,
      map(textUpTo(2_000)),
      (advice) => Object.keys(advice).every((stage) => (stages as readonly string[]).includes(stage)),
      { propertyNames: { enum: [...stages] } },
    ),
  ),
  retired: documented('Whether it is no longer recommended.', withDefault(boolean, false)),
})
export type Characteristic = TypeOf<typeof Characteristic>

export const Dictionary = event('Dictionary', 'The complete current catalogues of needs and of characteristics.', {
  name: identifier,
  version: documented('Increases by one with each change of any entry; 0: the built-in default.', int),
  needs: array(Need),
  characteristics: array(Characteristic),
  changedBy: string,
})
export type Dictionary = TypeOf<typeof Dictionary>

/** Name of the recommender’s dictionary. */
export const DICTIONARY = 'characteristics'

export const dictionaries = globalTopic<Dictionary>({
  name: 'dictionaries',
  schema: Dictionary,
  key: 'name',
  persons: settingOfTheBank,
  keyOf: (dictionary) => dictionary.name,
  versionOf: ({ version }) => version,
  producer: 'API',
})
