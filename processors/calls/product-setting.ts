import { firstDuplicate } from '../../features/first-duplicate.ts'
import { products, type OfferedProduct } from '../../schemas/calls/products.ts'
import { versionedSetting } from '../../schemas/platform/versioned-setting.ts'
import { defaultProducts } from './default-products.ts'

export const productSetting = versionedSetting({
  name: 'product',
  path: '/products',
  doc: 'What products are called, and what speaks for them, by language: scripts of calls take it from here.',
  topic: products,
  key: 'product',
  open: true,
  defaults: defaultProducts,
  required: ['spoken'],
  validate: validateProduct,
})

function validateProduct({ spoken, retired }: Pick<OfferedProduct, 'spoken' | 'retired'>): string | undefined {
  if (retired) return undefined
  const languages = spoken.map(({ language }) => language)
  if (languages.length === 0) return 'Name the product in `spoken`, in one language at least.'
  const twice = firstDuplicate(languages)
  return twice === undefined ? undefined : `The language ${twice} is listed twice: merge the two entries.`
}
