"""Where passages are stored and searched: our own files, or Milvus."""
