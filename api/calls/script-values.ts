import type { ScriptValues } from '../../features/calls/scripts/placeholders.ts'
import type { OfferedProduct, LocalisedProduct } from '../../schemas/calls/products.ts'
import type { ScriptTemplate } from '../../schemas/calls/script-templates.ts'
import type { VersionedSetting } from '../../schemas/platform/versioned-setting.ts'
import type { ProductValues } from '../../store/calls/scripts.ts'
import type { Database } from '../../store/database.ts'
import { interestsOf } from '../../store/recommendations/interests.ts'
import { requireCustomer } from '../customers/require-customer.ts'
import { ProblemError } from '../http/problem.ts'
import { activeSettings } from '../versioned-settings.ts'

export interface WantedCall {
  readonly customerId: string
  /** Default: the offered product that interests the customer most. */
  readonly product?: string | undefined
  readonly agent?: string | undefined
}

/** Values for the placeholders of scripts in one language, for one customer. */
export interface CallValues {
  /** Values that depend on the customer and the agent. */
  readonly customer: ScriptValues
  /** Returns the values that depend on the product of the call, for a template that is for these products. */
  product(templateProducts: readonly string[]): ProductValues
}

/** Throws a problem if the customer is unknown or the product is not offered in that language. */
export async function callValues(
  database: Database,
  productSetting: VersionedSetting,
  language: string,
  { customerId, product, agent }: WantedCall,
): Promise<CallValues> {
  const customer = await requireCustomer(database, customerId)
  const offered = await offeredIn(database, productSetting, language)
  if (product !== undefined && !offered.has(product))
    throw new ProblemError(
      'not-found',
      `The product ${JSON.stringify(product)} is not offered in ${language}: add it with PUT /products/{product}.`,
    )
  const ranked = (await interestsOf(database, customerId))?.interests ?? []
  const interests = ranked.map((one) => one.product).filter((one) => offered.has(one))
  return {
    customer: {
      ...definedValues({ name: customer.name, segment: customer.segment, agent }),
      ...interestValues(interests[0], offered),
    },
    product: (products) =>
      productValues(product ?? interests.find((one) => products.length === 0 || products.includes(one)), offered),
  }
}

/** Returns the values for the placeholders of a template in its language. Throws as `callValues` does. */
export async function scriptValues(
  database: Database,
  productSetting: VersionedSetting,
  { language, products }: Pick<ScriptTemplate, 'language' | 'products'>,
  call: WantedCall,
): Promise<ScriptValues> {
  const values = await callValues(database, productSetting, language, call)
  return { ...values.customer, ...values.product(products) }
}

async function offeredIn(
  database: Database,
  setting: VersionedSetting,
  language: string,
): Promise<ReadonlyMap<string, LocalisedProduct>> {
  const all = await activeSettings(database, setting)
  return new Map(
    all.flatMap(({ key, value }) => {
      const { spoken, retired } = value as OfferedProduct
      const own = spoken.find((one) => one.language === language)
      return own === undefined || retired ? [] : [[key, own]]
    }),
  )
}

function productValues(id: string | undefined, offered: ReadonlyMap<string, LocalisedProduct>): ProductValues {
  if (id === undefined) return {}
  const { name, advantages } = offered.get(id)!
  return { product_id: id, product: name, advantages, ...definedValues({ advantage: advantages[0] }) }
}

function interestValues(id: string | undefined, offered: ReadonlyMap<string, LocalisedProduct>): ScriptValues {
  return id === undefined ? {} : { interest_id: id, interest: offered.get(id)!.name }
}

function definedValues<Values extends Readonly<Record<string, string | null | undefined>>>(
  values: Values,
): { readonly [Name in keyof Values]?: string } {
  const known = Object.entries(values).filter(([, value]) => value !== null && value !== undefined)
  return Object.fromEntries(known) as { readonly [Name in keyof Values]?: string }
}
