import { keysRoutes } from '../api/access/keys.ts'
import type { Subject } from './subject.ts'

/** Who may use the API. */
export const access: Subject = { name: 'access', routes: [keysRoutes] }
