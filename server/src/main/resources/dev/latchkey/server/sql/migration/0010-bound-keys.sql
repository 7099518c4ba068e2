-- the thumbprint of the key that the refresh token of a public client is bound to (RFC 9449 §5); none for one that is bound to nothing
alter table sessions add column jkt text;

-- that of the key that a code was asked for with: dpop_jkt (RFC 9449 §10)
alter table authorization_codes add column jkt text;
