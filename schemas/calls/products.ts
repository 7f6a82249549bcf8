import {
  array,
  boolean,
  documented,
  event,
  identifier,
  int,
  record,
  string,
  withDefault,
  type TypeOf,
} from '../avro/schema.ts'
import { itemsAtMost, languageTag, wordsUpTo } from '../rules.ts'
import { globalTopic } from '../topic.ts'

export const SpokenProduct = record(
  'SpokenProduct',
  'What a product is called, and what speaks for it, in one language.',
  {
    language: languageTag,
    name: wordsUpTo(200),
    advantages: documented('The strongest first.', itemsAtMost(20, array(wordsUpTo(500)))),
  },
)
export type SpokenProduct = TypeOf<typeof SpokenProduct>

export const OfferedProduct = event('OfferedProduct', 'A product as scripts of calls speak of it.', {
  product: documented('As in interests, opportunities and calls.', identifier),
  version: int,
  spoken: documented('By language.', itemsAtMost(20, array(SpokenProduct))),
  retired: documented('It is no longer offered.', withDefault(boolean, false)),
  changedBy: string,
})
export type OfferedProduct = TypeOf<typeof OfferedProduct>

export const products = globalTopic<OfferedProduct>({
  name: 'products',
  schema: OfferedProduct,
  key: 'product',
  keyOf: ({ product }) => product,
  versionOf: ({ version }) => version,
  producer: 'API',
})
