/** How the page reads the API. The types are the API's own description: api-types.ts is generated from it. */
import type { components, paths } from './api-types.ts'

type Path = keyof paths
type Get<P extends Path> = paths[P]['get']

/** The answer of a path, named as in /openapi.json: `/customers/{id}`. */
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
/** Names of tasks that can be asked for. */
export type TaskName = NonNullable<NonNullable<Get<'/scores'>['parameters']['query']>['task']>

/** What comes live, by topic. */
export type LiveMessages = components['schemas']
export type LiveTopic = keyof LiveMessages

/** An address of the API; the type remembers what is answered there. */
export type Address<Result> = string & { readonly answers?: Result }

/** What may stand behind the `?` of a path. */
export type Query<P extends Path> = NonNullable<Get<P>['parameters']['query']>
type Parameters<P extends Path> = Pick<Get<P>['parameters'], 'path' | 'query'>
/** Nothing has to be filled in. */
type FixedPath = Exclude<Path, `${string}{${string}`>

/** The address of a path with its parameters. */
export function address<P extends FixedPath>(path: P, given?: Parameters<P>): Address<Answer<P>>
export function address<P extends Path>(path: P, given: Parameters<P>): Address<Answer<P>>
export function address<P extends Path>(path: P, given?: Parameters<P>): Address<Answer<P>> {
  const names: Readonly<Record<string, unknown>> = given?.path ?? {}
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(names[name])))
  const query = Object.entries(given?.query ?? {}).map(([name, value]): [string, string] => [name, String(value)])
  return query.length === 0 ? filled : `${filled}?${new URLSearchParams(query).toString()}`
}

/** What the API objects to, in its own words. */
export class ApiError extends Error {
  readonly status: number

  constructor(status: number, detail: string) {
    super(detail)
    this.status = status
  }
}

/** Throws an `ApiError` with the words of the problem document. */
export async function read<Result>(address: Address<Result>, signal?: AbortSignal): Promise<Result> {
  const answer = await fetch(address, {
    headers: { accept: 'application/json' },
    ...(signal === undefined ? {} : { signal }),
  })
  return (await answered(answer)) as Result
}

/** Sends a change to what was seen at this revision; answers the status. Throws an `ApiError`. */
export async function change(path: string, revision: number, body: object): Promise<number> {
  const answer = await fetched('POST', path, body, revision)
  await answered(answer)
  return answer.status
}

/** Sends a request; `version`: of what was seen. Throws an `ApiError` with the words of the problem document. */
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
  throw new ApiError(answer.status, problem.detail ?? `The API answered ${answer.status}.`)
}
