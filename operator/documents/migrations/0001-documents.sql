-- Ciphertexts of documents that are anchored, each once, by the hash that the chain keeps: nothing here can be read.
create table document_contents (
  -- keccak256 of the ciphertext.
  hash text primary key,
  size integer not null check (size > 0),
  -- When it was whole and compared with the chain; null until then.
  completed_at timestamptz
);

-- What came of a ciphertext, in parts of 1,048,576 bytes, the last one shorter.
create table document_parts (
  hash text not null references document_contents on delete cascade,
  part integer not null check (part >= 0),
  -- Null where parts lie in a folder.
  bytes bytea,
  primary key (hash, part)
);

-- What opens a document for one reader, wrapped for a key that only the reader has.
create table document_envelopes (
  -- The id of the document.
  document text not null,
  -- The number of a participant, or the account of an office.
  reader text not null,
  envelope text not null,
  primary key (document, reader)
);
