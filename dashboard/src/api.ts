/** Typed client of the API. The types come from api-types.ts, which is generated from the API's description. */
import type { components, paths } from './api-types.ts'

type Path = keyof paths
type Get<P extends Path> = paths[P]['get']

/** The response body of a path, named as in /openapi.json: `/customers/{id}`. */
export type Answer<P extends Path> = Get<P>['responses'][200]['content']['application/json']
/** One entry of a list. */
type Item<P extends Path> = Answer<P> extends { readonly items: readonly (infer One)[] } ? One : never

export type Status = Answer<'/status'>
export type Customer = Answer<'/customers/{id}'>
export type Score = Item<'/scores'>
export type Assessment = Item<'/assessments'>
export type Alert = Item<'/alerts'>
export type Case = Item<'/cases'>
export type CaseDetail = Answer<'/cases/{visitId}'>
export type Model = Item<'/models'>
/** Names of tasks that scores can be filtered by. */
export type TaskName = NonNullable<NonNullable<Get<'/scores'>['parameters']['query']>['task']>

/** Live messages by topic. */
export type LiveMessages = components['schemas']
export type LiveTopic = keyof LiveMessages

/** A URL of the API, with the type of its response. */
export type Address<Result> = string & { readonly answers?: Result }

/** Query parameters of a path. */
export type Query<P extends Path> = NonNullable<Get<P>['parameters']['query']>
type Parameters<P extends Path> = Pick<Get<P>['parameters'], 'path' | 'query'>
/** A path without path parameters. */
type FixedPath = Exclude<Path, `${string}{${string}`>

/** Returns the URL of a path with its parameters. */
export function address<P extends FixedPath>(path: P, given?: Parameters<P>): Address<Answer<P>>
export function address<P extends Path>(path: P, given: Parameters<P>): Address<Answer<P>>
export function address<P extends Path>(path: P, given?: Parameters<P>): Address<Answer<P>> {
  const names: Readonly<Record<string, unknown>> = given?.path ?? {}
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(names[name])))
  const query = Object.entries(given?.query ?? {}).map(([name, value]): [string, string] => [name, String(value)])
  return query.length === 0 ? filled : `${filled}?${new URLSearchParams(query).toString()}`
}

/** An error response of the API; the message is the detail of the problem document. */
export class ApiError extends Error {
  readonly status: number

  constructor(status: number, detail: string) {
    super(detail)
    this.status = status
  }
}

/** Reads a URL of the API. Throws an `ApiError` with the detail of the problem document. */
export async function read<Result>(address: Address<Result>, signal?: AbortSignal): Promise<Result> {
  const answer = await fetch(address, {
    headers: { accept: 'application/json' },
    ...(signal === undefined ? {} : { signal }),
  })
  return (await answered(answer)) as Result
}

/** Posts a change, with the revision that the user has seen in If-Match. Returns the status. Throws an `ApiError`. */
export async function change(path: string, revision: number, body: object): Promise<number> {
  const answer = await fetched('POST', path, body, revision)
  await answered(answer)
  return answer.status
}

/** Sends a request. `version`: the version that the user has seen, for If-Match. Throws an `ApiError`. */
export async function send<Result>(
  method: 'POST' | 'PUT' | 'DELETE',
  path: string,
  body?: object,
  version?: number,
): Promise<Result> {
  return (await answered(await fetched(method, path, body, version))) as Result
}

function fetched(method: string, path: string, body?: object, version?: number): Promise<Response> {
  return fetch(path, {
    method,
    headers: {
      accept: 'application/json',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(version === undefined ? {} : { 'if-match': `"${version}"` }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
}

async function answered(answer: Response): Promise<unknown> {
  if (answer.ok) return answer.json()
  const problem = (await answer.json().catch(() => ({}))) as { readonly detail?: string }
  throw new ApiError(answer.status, problem.detail ?? `The API returned status ${answer.status}.`)
}
