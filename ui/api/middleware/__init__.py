"""What every request passes before it reaches a route, from the outside in: told, hosts, access,
bodies, turns, unchanged.
"""
