import { byColumn, type PersonTables } from '../persons.ts'

export const loanPersons: PersonTables = { potential_customers: byColumn('customer_id') }
