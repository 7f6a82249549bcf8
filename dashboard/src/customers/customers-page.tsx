import type { Page, PageProps } from '../page.ts'
import { CUSTOMERS } from '../route.ts'
import { CustomerList } from './customer-list.tsx'
import { customerTabs } from './customer-tabs.ts'
import { CustomerView } from './customer-view.tsx'

/** Page for salespeople: everything about one customer, led by what happened. */
export const customersPage: Page = { path: CUSTOMERS, title: 'visits.customers', View: CustomersPage }

function CustomersPage({ item, live }: PageProps) {
  if (item === undefined) return <CustomerList />
  const { customerId, tab } = parseItem(item)
  return <CustomerView key={customerId} customerId={customerId} tab={tab} live={live} />
}

/** Parses the item of an address: a customer's id, and the tab if it is written. */
function parseItem(item: string) {
  const written = customerTabs.find(({ path }) => item.endsWith(`/${path}`))
  return {
    customerId: written === undefined ? item : item.slice(0, -written.path.length - 1),
    tab: written ?? customerTabs[0],
  }
}
