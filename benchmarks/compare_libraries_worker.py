"""Runs one library in its own environment; `benchmarks.compare_libraries` starts it.

    python compare_libraries_worker.py NAME MODEL_FOLDER TEXTS.json

indexes TEXTS and prints, as JSON, the wall and CPU seconds; then it reads questions, one a line,
and prints for each the seconds that it took and the results. Each library is used as in its own
guide, with its defaults; this project is not imported.
"""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

TOP = 5
Search = Callable[[str], list[int]]


def main(name: str, model: str, file: str) -> None:
    """Index the texts, then answer questions until the input ends."""
    texts = json.loads(Path(file).read_text(encoding="utf-8"))
    make = MAKERS[name](model)  # the model is loaded before the clock starts
    start, used = time.perf_counter(), time.process_time()
    search = make(texts)
    built, used = time.perf_counter() - start, time.process_time() - used
    print(json.dumps({"built": built, "used": used}), flush=True)
    for line in sys.stdin:
        start = time.perf_counter()
        rows = search(line.strip())
        print(json.dumps({"spent": time.perf_counter() - start, "found": rows}), flush=True)


def txtai(model: str) -> Callable[[list[str]], Search]:
    """Its Embeddings, over FAISS."""
    from txtai import Embeddings

    embeddings = Embeddings(path=model)
    embeddings.batchtransform(["warm"])

    def make(texts: list[str]) -> Search:
        embeddings.index(texts)
        return lambda question: [int(row) for row, _ in embeddings.search(question, TOP)]

    return make


def llamaindex(model: str) -> Callable[[list[str]], Search]:
    """Its VectorStoreIndex, over FAISS."""
    import faiss
    from llama_index.core import StorageContext, VectorStoreIndex
    from llama_index.core.schema import TextNode
    from llama_index.embeddings.huggingface import HuggingFaceEmbedding
    from llama_index.vector_stores.faiss import FaissVectorStore

    encoder = HuggingFaceEmbedding(model_name=model)
    width = len(encoder.get_text_embedding("warm"))

    def make(texts: list[str]) -> Search:
        store = FaissVectorStore(faiss_index=faiss.IndexFlatL2(width))
        nodes = [TextNode(text=text, id_=str(row)) for row, text in enumerate(texts)]
        index = VectorStoreIndex(
            nodes,
            storage_context=StorageContext.from_defaults(vector_store=store),
            embed_model=encoder,
        )
        retriever = index.as_retriever(similarity_top_k=TOP)
        return lambda question: [int(node.node.node_id) for node in retriever.retrieve(question)]

    return make


def haystack(model: str) -> Callable[[list[str]], Search]:
    """Its pipelines, over the store in memory."""
    from haystack import Document, Pipeline
    from haystack.components.retrievers.in_memory import InMemoryEmbeddingRetriever
    from haystack.components.writers import DocumentWriter
    from haystack.document_stores.in_memory import InMemoryDocumentStore
    from haystack_integrations.components.embedders.sentence_transformers import (
        SentenceTransformersDocumentEmbedder,
        SentenceTransformersTextEmbedder,
    )

    store = InMemoryDocumentStore()
    embedder = SentenceTransformersDocumentEmbedder(model=model, progress_bar=False)
    indexing, asking = Pipeline(), Pipeline()
    indexing.add_component("embedder", embedder)
    indexing.add_component("writer", DocumentWriter(document_store=store))
    indexing.connect("embedder", "writer")
    asking.add_component(
        "embedder", SentenceTransformersTextEmbedder(model=model, progress_bar=False)
    )
    asking.add_component("retriever", InMemoryEmbeddingRetriever(store, top_k=TOP))
    asking.connect("embedder.embedding", "retriever.query_embedding")
    asking.warm_up()
    embedder.warm_up()

    def make(texts: list[str]) -> Search:
        documents = [Document(id=str(row), content=text) for row, text in enumerate(texts)]
        indexing.run({"embedder": {"documents": documents}})

        def search(question: str) -> list[int]:
            results = asking.run({"embedder": {"text": question}})
            return [int(document.id) for document in results["retriever"]["documents"]]

        return search

    return make


MAKERS: dict[str, Callable[[str], Callable[[list[str]], Search]]] = {
    "txtai": txtai,
    "llamaindex": llamaindex,
    "haystack": haystack,
}

if __name__ == "__main__":
    main(*sys.argv[1:4])
