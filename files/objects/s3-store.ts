import { createReadStream } from 'node:fs'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type * as sdk from '@aws-sdk/client-s3'
import type { ObjectStore } from './object-store.ts'

export interface S3Place {
  readonly bucket: string
  /** Begins the name of every object: empty, or ends with a slash. */
  readonly prefix: string
}

/** A request may take this long, ms; the client tries thrice. */
const REQUEST_MS = 60_000
const CONNECTION_MS = 5_000

/**
 * Keeps objects in a bucket of S3, or of a store with its interface at `endpoint`. Region and credentials are those of
 * the AWS SDK’s variables and files (AWS_REGION, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY), or the role of the machine.
 * An object appears when it is whole, as S3 promises.
 */
export function createS3Store({ bucket, prefix }: S3Place, endpoint: string | undefined): ObjectStore {
  const whereIs = (name: string) => `s3://${bucket}/${prefix}${name}`
  let opened: Promise<Opened> | undefined
  async function ask<Result>(
    about: string,
    request: (client: sdk.S3Client, commands: typeof sdk, place: { Bucket: string; Key: string }) => Promise<Result>,
  ): Promise<Result> {
    const { client, commands } = await (opened ??= openClient(endpoint))
    try {
      return await request(client, commands, { Bucket: bucket, Key: `${prefix}${about}` })
    } catch (error) {
      throw isMissing(error) ? error : refusal(whereIs(about), error as Error, endpoint ?? 'AWS')
    }
  }
  const upload = (name: string, Body: Buffer | (() => NodeJS.ReadableStream), ContentLength: number) =>
    ask(name, async (client, { PutObjectCommand }, place) => {
      const body = (typeof Body === 'function' ? Body() : Body) as Buffer
      await client.send(new PutObjectCommand({ ...place, Body: body, ContentLength }))
    })

  return {
    whereIs,
    put: (name, bytes) => upload(name, bytes, bytes.length),
    async putFile(name, write) {
      const folder = await mkdtemp(join(tmpdir(), 'scoreline-'))
      try {
        const path = join(folder, 'object')
        const result = await write(path)
        await upload(name, () => createReadStream(path), (await stat(path)).size)
        return result
      } finally {
        await rm(folder, { recursive: true, force: true })
      }
    },
    get: (name) =>
      orMissing(
        ask(name, async (client, { GetObjectCommand }, place) => {
          const { Body } = await client.send(new GetObjectCommand(place))
          return Buffer.from(await Body!.transformToByteArray())
        }),
      ),
    has: async (name) =>
      (await orMissing(
        ask(name, (client, { HeadObjectCommand }, place) => client.send(new HeadObjectCommand(place))),
      )) !== undefined,
    list: (folder) =>
      ask(folder, async (client, { paginateListObjectsV2 }, { Bucket, Key }) => {
        const names: string[] = []
        for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket, Prefix: Key }))
          for (const object of Contents) names.push(object.Key!.slice(prefix.length))
        return names.sort()
      }),
    remove: (name) =>
      ask(name, async (client, { DeleteObjectCommand }, place) => {
        await client.send(new DeleteObjectCommand(place))
      }),
    // What was not sent whole is no object.
    tidy: () => Promise.resolve(),
  }
}

interface Opened {
  readonly client: sdk.S3Client
  readonly commands: typeof sdk
}

/** Loads the SDK when it is needed: it takes a tenth of a second. */
async function openClient(endpoint: string | undefined): Promise<Opened> {
  const commands = await import('@aws-sdk/client-s3')
  const client = new commands.S3Client({
    requestHandler: { requestTimeout: REQUEST_MS, connectionTimeout: CONNECTION_MS },
    // Others than AWS may know neither buckets as host names nor checksums after the body.
    ...(endpoint === undefined
      ? {}
      : {
          endpoint,
          forcePathStyle: true,
          requestChecksumCalculation: 'WHEN_REQUIRED' as const,
          responseChecksumValidation: 'WHEN_REQUIRED' as const,
        }),
  })
  return { client, commands }
}

async function orMissing<Result>(asked: Promise<Result>): Promise<Result | undefined> {
  try {
    return await asked
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

function isMissing(error: unknown): boolean {
  return ['NoSuchKey', 'NotFound'].includes((error as Error).name)
}

function refusal(where: string, error: Error, server: string): Error {
  return new Error(
    `${where} can’t be reached at ${server}: ${error.name}: ${error.message} Check the bucket, AWS_ENDPOINT_URL_S3, ` +
      'AWS_REGION, and the credentials, which need to get, put, delete and list objects.',
    { cause: error },
  )
}
