import { useEffect, useState } from 'preact/hooks'

/** What the address names: a page, and a customer in front of it, if any. So each can be linked to, and Back works. */
export interface Route {
  /** The path of a page; empty: the first one. */
  readonly page: string
  readonly customerId: string | undefined
}

const CUSTOMER = /^#\/customers\/(.+)$/
const PAGE = /^#\/([^/]*)$/

export function pageAddress(page: string): string {
  return `#/${page}`
}

export function customerAddress(customerId: string): string {
  return `#/customers/${encodeURIComponent(customerId)}`
}

export function useRoute(): Route {
  const [route, setRoute] = useState(() => routeOf(location.hash, ''))
  useEffect(() => {
    const change = () => setRoute(({ page }) => routeOf(location.hash, page))
    window.addEventListener('hashchange', change)
    return () => window.removeEventListener('hashchange', change)
  }, [])
  return route
}

export function closeCustomer(page: string): void {
  history.pushState(null, '', page === '' ? location.pathname : pageAddress(page))
  window.dispatchEvent(new HashChangeEvent('hashchange'))
}

/** A customer opens in front of the page that is shown; other addresses leave it as it is. */
function routeOf(hash: string, shown: string): Route {
  const customer = CUSTOMER.exec(hash)?.[1]
  if (customer !== undefined) return { page: shown, customerId: decoded(customer) }
  const page = hash === '' ? '' : (PAGE.exec(hash)?.[1] ?? shown)
  return { page, customerId: undefined }
}

function decoded(part: string): string | undefined {
  try {
    return decodeURIComponent(part)
  } catch {
    return undefined
  }
}
