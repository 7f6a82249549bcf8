import { customerById } from '../../store/customers/customers.ts'
import type { Database } from '../../store/database.ts'
import { ProblemError } from '../http/problem.ts'

export type KnownCustomer = NonNullable<Awaited<ReturnType<typeof customerById>>>

/** Returns the customer. Throws the problem `not-found` if there is none. */
export async function requireCustomer(database: Database, customerId: string): Promise<KnownCustomer> {
  const customer = await customerById(database, customerId)
  if (customer === undefined) throw new ProblemError('not-found', `There is no customer ${JSON.stringify(customerId)}.`)
  return customer
}
