import { auditFields } from '../audit-fields.ts'
import type { DefineCommand } from '../define-command.ts'

interface Flags {
  readonly into: string
  readonly by: string
  readonly reason: string
}

/** Defines `scoreline customers`: the same act as in the API, with the same audit. */
export const defineCustomers: DefineCommand = (command, context) => {
  command
    .command('merge')
    .description('make one customer of two: they are one person, with both histories, under the id of the other')
    .argument('<customer>', 'id of the customer who is no longer one of their own')
    .requiredOption('--into <customer>', 'id of the customer who they are')
    .requiredOption('--by <name>', 'name of the person who decides it; kept in the audit trail')
    .requiredOption('--reason <text>', 'why; kept in the audit trail')
    .action(async (customerId: string, { into, ...act }: Flags) => {
      const { withDatabase } = await import('../../composition/database.ts')
      const { mergeCustomers } = await import('../../composition/customers/merge-customers.ts')
      const { mergeRefusalText } = await import('../../store/customers/merge-refusal-text.ts')
      const request = { customerId, into, ...auditFields(act) }
      const done = await withDatabase(context(), 'customers', (database) => mergeCustomers(database, request))
      if (!('rows' in done)) throw new Error(mergeRefusalText(done, customerId))
      context().print(JSON.stringify({ customerId, into, rows: done.rows }))
    })
}
