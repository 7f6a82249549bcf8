import { keysRoutes } from '../api/access/keys.ts'
import { accessPersons } from '../store/access/persons.ts'
import type { Subject } from './subject.ts'

/** Who may use the API. */
export const access: Subject = { name: 'access', personTables: accessPersons, routes: [keysRoutes] }
