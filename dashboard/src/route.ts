/** The parsed address: a page, and possibly a customer in front of it. Each can be linked to, and Back works. */
export interface Route {
  /** Path of the page; empty for the first one. */
  readonly page: string
  /** The item that is open on the page, such as the visit of a case. */
  readonly item: string | undefined
  readonly customerId: string | undefined
}

const CUSTOMER = /^#\/customers\/(.+)$/
const PAGE = /^#\/([^/]*)(?:\/(.+))?$/

export function pageHref(page: string, item?: string): string {
  return item === undefined ? `#/${page}` : `#/${page}/${encodeURIComponent(item)}`
}

export function customerHref(customerId: string): string {
  return `#/customers/${encodeURIComponent(customerId)}`
}

/** Parses an address. A customer opens in front of the current page, and an unknown address keeps it. */
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
