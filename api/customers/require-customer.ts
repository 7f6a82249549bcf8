import { customerById } from '../../store/customers/customers.ts'
import { mergedInto } from '../../store/customers/customer-merges.ts'
import type { Database } from '../../store/database.ts'
import { ProblemError } from '../http/problem.ts'

export type KnownCustomer = NonNullable<Awaited<ReturnType<typeof customerById>>>

/** Returns the customer. Throws the problem `not-found` if there is none. */
export async function requireCustomer(database: Database, customerId: string): Promise<KnownCustomer> {
  const customer = await customerById(database, customerId)
  if (customer === undefined) throw await noCustomer(database, customerId)
  return customer
}

/** Returns the problem of a customer who is not known, or no longer under this id. */
export async function noCustomer(database: Database, customerId: string): Promise<ProblemError> {
  const into = await mergedInto(database, customerId)
  const merged = into === undefined ? '' : ` They were merged into ${JSON.stringify(into)}: ask for that customer.`
  return new ProblemError('not-found', `There is no customer ${JSON.stringify(customerId)}.${merged}`)
}
