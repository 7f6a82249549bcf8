import type { Client, ClientOptions } from 'openapi-fetch'
import type { paths } from './api.js'

export type { components, paths } from './api.js'
export type Scoreline = Client<paths>

/**
 * Creates a client of the API at `baseUrl`. `GET('/customers/{id}', { params: { path: { id } } })` resolves to `data`,
 * or to `error`, the problem document (RFC 9457). Takes the options of openapi-fetch. Rejects if there is no answer.
 */
export declare function createScoreline(options: ClientOptions & { readonly baseUrl: string }): Scoreline
