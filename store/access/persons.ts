import { noPersons, type PersonTables } from '../persons.ts'

export const accessPersons: PersonTables = { api_keys: noPersons('people and programs of the bank') }
