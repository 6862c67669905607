import type { CatalogueEntry } from '../../core/search/entry.ts'
import { type Database, inTransaction } from './sqlite.ts'

/** Another schema, other tokens or another folding: another number, and the catalogue is made anew. */
const VERSION = 4

/** `zaob`: tells the file from databases of others. */
const APPLICATION = 0x7a616f62

/** The columns of `story` that say what a record says. */
export const ENTRY_COLUMNS = [
  'path',
  'id',
  'url',
  'title',
  'published',
  'updated',
  'section',
  'publisher',
  'lang',
  'access',
  'pictures',
  'revision',
] as const satisfies readonly (keyof CatalogueEntry)[]

/**
 * README.md describes it for other programs. `file.modified` is when the file, or what is noted of its day, was changed last
 * by the clock that nobody sets back (`ctime`, ms), `folder.modified` when a name came into the folder or went: another name for a
 * column would have every catalogue made anew. The column of most words is the first of `words`: each entry of any other takes
 * two bytes more.
 */
const SCHEMA = `
create table story (
  rowid integer primary key,
  path text not null unique, id text not null, url text not null, title text not null,
  published text, updated text, section text, publisher text, lang text, access text not null,
  pictures integer not null, revision integer not null
);
create table body (rowid integer primary key, text text not null);
create table file (path text primary key, day text not null, modified real, size integer not null) without rowid;
create index file_day on file (day);
create table folder (day text primary key, modified integer) without rowid;
create virtual table words using fts5 (
  body, title, author, marks, content='', contentless_delete=1, tokenize='ascii'
);
insert into words (words, rank) values ('hashsize', 4194304);
pragma application_id = ${APPLICATION};
pragma user_version = ${VERSION};
`

/** Makes the tables where they are not those of this version, in one step, whoever else does so at the moment. */
export function makeTables(db: Database): void {
  if (isOfThisVersion(db)) return
  inTransaction(db, () => {
    if (isOfThisVersion(db)) return
    const names = db
      .prepare(
        "select name from sqlite_master where type = 'table' and name in ('story', 'body', 'file', 'folder', 'words')",
      )
      .all()
    for (const { name } of names) db.exec(`drop table ${String(name)}`)
    db.exec(SCHEMA)
  })
}

function isOfThisVersion(db: Database): boolean {
  const application = db.prepare('pragma application_id').get()?.['application_id']
  return application === APPLICATION && db.prepare('pragma user_version').get()?.['user_version'] === VERSION
}
