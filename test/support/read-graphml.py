"""Reads GraphML files with networkx and prints one JSON line per file: what a user of networkx gets.

    python3 read-graphml.py graph.graphml...
"""
import json
import sys

import networkx

for path in sys.argv[1:]:
    graph = networkx.read_graphml(path)
    nodes = dict(graph.nodes(data=True))
    edges = [[source, target, data] for source, target, data in graph.edges(data=True)]
    print(json.dumps({"directed": graph.is_directed(), "nodes": nodes, "edges": edges}))
