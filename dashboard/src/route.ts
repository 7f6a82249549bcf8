/** What the address names: a page, and a customer in front of it, if any. So each can be linked to, and Back works. */
export interface Route {
  /** The path of a page; empty: the first one. */
  readonly page: string
  /** What is opened on the page, such as the visit of a case. */
  readonly item: string | undefined
  readonly customerId: string | undefined
}

const CUSTOMER = /^#\/customers\/(.+)$/
const PAGE = /^#\/([^/]*)(?:\/(.+))?$/

export function pageAddress(page: string, item?: string): string {
  return item === undefined ? `#/${page}` : `#/${page}/${encodeURIComponent(item)}`
}

export function customerAddress(customerId: string): string {
  return `#/customers/${encodeURIComponent(customerId)}`
}

/** A customer opens in front of the page that is shown; other addresses leave it as it is. */
export function routeOf(hash: string, { page, item }: Pick<Route, 'page' | 'item'>): Route {
  const customer = CUSTOMER.exec(hash)?.[1]
  if (customer !== undefined) return { page, item, customerId: decoded(customer) }
  if (hash === '') return { page: '', item: undefined, customerId: undefined }
  const [, named, within] = PAGE.exec(hash) ?? []
  if (named === undefined) return { page, item, customerId: undefined }
  return { page: named, item: within === undefined ? undefined : decoded(within), customerId: undefined }
}

function decoded(part: string): string | undefined {
  try {
    return decodeURIComponent(part)
  } catch {
    return undefined
  }
}
