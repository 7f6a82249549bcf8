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
import { itemsAtMost, languageTag, textUpTo } from '../rules.ts'
import { globalTopic } from '../topic.ts'
import { settingOfTheBank } from '../persons.ts'

export const LocalisedProduct = record('SpokenProduct', 'Name and advantages of a product in one language.', {
  language: languageTag,
  name: textUpTo(200),
  advantages: documented('Advantages, the strongest first.', itemsAtMost(20, array(textUpTo(500)))),
})
export type LocalisedProduct = TypeOf<typeof LocalisedProduct>

export const OfferedProduct = event('OfferedProduct', 'A product as call scripts present it.', {
  product: documented('Id of the product, as in interests, opportunities and calls.', identifier),
  version: int,
  spoken: documented('Wording in each language.', itemsAtMost(20, array(LocalisedProduct))),
  retired: documented('Whether it is no longer offered.', withDefault(boolean, false)),
  changedBy: string,
})
export type OfferedProduct = TypeOf<typeof OfferedProduct>

export const products = globalTopic<OfferedProduct>({
  name: 'products',
  schema: OfferedProduct,
  key: 'product',
  persons: settingOfTheBank,
  keyOf: ({ product }) => product,
  versionOf: ({ version }) => version,
  producer: 'API',
})
