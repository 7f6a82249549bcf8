import type { KnownNames } from './known-names.ts'
import type { Server } from './http/server.ts'
import type { RowNames } from './models/named-row.ts'
import type { ApiPorts } from './ports.ts'

/** Dependencies of all routes. */
export interface RouteContext extends ApiPorts {
  /** Feature names of rows. */
  readonly names: RowNames
  /** Names behind hashed features. */
  readonly knownNames: KnownNames
}

/** Adds the routes of one resource. */
export type Routes = (server: Server, context: RouteContext) => void
