"""The publisher's tool: private keys, licenses, cards, packs sealed and signed. No copy of the app carries it."""
